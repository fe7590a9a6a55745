# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash
#
# To be sourced by a test of the Flatpak: brings the program, and sessions of one user to run it in.

# shellcheck source=tests/flatpak/program.sh
source "$(dirname "${BASH_SOURCE[0]}")/program.sh"

folder=$(mktemp -d)
trap 'flatpak_remove_session "$folder"' EXIT
export PSA_SESSION_SCREEN=1000x720 LC_ALL=C.UTF-8 PYTHONDONTWRITEBYTECODE=1
# What the tests outside the sandbox are given is no part of what a user's session holds.
unset G_DEBUG G_MESSAGES_DEBUG GSETTINGS_BACKEND GSETTINGS_SCHEMA_DIR GTK_A11Y GDK_DEBUG GDK_BACKEND \
  SECRET_BACKEND MALLOC_CHECK_ MALLOC_PERTURB_ LD_PRELOAD

# in_session KEYRING COMMAND…: runs a command in a session of its own. Home stays from one to the next.
in_session() {
  rm -rf "$folder/run"
  PSA_SESSION_KEYRING=$1 "$tests_flatpak/../../flatpak/session" "$folder" "${@:2}"
}
