# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# To be sourced: brings the program as a Flatpak, or ends as a skipped test where no sandbox can be made or there is no
# runtime to run in. tests/run calls it before the tests, so that these find all of it made.

tests_flatpak=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
# shellcheck source-path=SCRIPTDIR
source "$tests_flatpak/../../flatpak/prepare.sh"

skip() {
  echo "1..0 # SKIP $*"
  exit 0
}

command -v flatpak-builder >/dev/null || skip "flatpak-builder is not installed"
flatpak_can_sandbox || skip "no sandbox can be made here"
# No look for the runtime's remote: a test asks for no name beyond this machine.
if [[ ${PSA_PLACE_KEY-} == root-* ]]; then
  work=/var/lib/psa-connections-flatpak
  flatpak_take_turn "$work"
  flatpak_stand_in "$work" "$work/log"
  flatpak_end_turn
  flatpak_use_own "$work"
else
  work=${PSA_PLACE_CACHE-$XDG_CACHE_HOME}/flatpak-tests
  export FLATPAK_USER_DIR=$work/installation
  flatpak_mine=$work
  flatpak_has_runtime ||
    skip "org.gnome.Platform//$flatpak_runtime_version is not installed for all users, and this is not the Debian root"
fi
flatpak_take_turn "$flatpak_mine"
flatpak_program "$flatpak_mine" "$flatpak_mine/log"
flatpak_end_turn
