#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# test-demo.sh PSA-PRACTICE: runs test-demo.py on the program as a Flatpak, in a session of its own. Prints TAP.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR
source "$(dirname "$0")/prepared.sh"

in_session unlocked "$tests_flatpak/test-demo.py" "$1"
