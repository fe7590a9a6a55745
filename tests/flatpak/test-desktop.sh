#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-desktop.sh PSA-PRACTICE: the Flatpak through four sessions of one user, by test-desktop.py. Prints TAP.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/prepared.sh"

# One tenant for all of the sessions; it ends when its input does.
coproc "$1"
read -r ready <&"${COPROC[0]}"
status=0
echo 1..11
for session in first:unlocked locked:locked none:none last:unlocked; do
  # Each session goes on where the one before it ended.
  in_session "${session#*:}" "$tests_flatpak/test-desktop.py" "${session%:*}" <<<"$ready" || {
    status=1
    break
  }
done
exit "$status"
