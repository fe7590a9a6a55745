# SPDX-License-Identifier: GPL-3.0-or-later
# shellcheck shell=bash disable=SC2034 # the variables are for the tests
#
# To be sourced by the tests of the set-up: a scratch folder in $scratch, and cases.
#
#   check NAME COMMAND…    is the command's success; NAME FAILS must be turned round by the command itself
#   skip NAME REASON
#   finish                 the plan; the last line of a test
set -u

setup=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
place=${setup%/setup}/place
scratch=$(mktemp -d "${TMPDIR:-/tmp}/psa setup.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
cases=0

check() {
  local name=$1
  shift
  cases=$((cases + 1))
  if "$@" >"$scratch/words" 2>&1; then
    printf 'ok %d - %s\n' "$cases" "$name"
  else
    printf 'not ok %d - %s\n' "$cases" "$name"
    sed 's/^/# /' "$scratch/words"
  fi
}

skip() {
  cases=$((cases + 1))
  printf 'ok %d - %s # SKIP %s\n' "$cases" "$1" "$2"
}

finish() {
  printf '1..%d\n' "$cases"
}

# is GOT WANTED
is() {
  [[ $1 == "$2" ]] || {
    printf 'got:    %q\nwanted: %q\n' "$1" "$2"
    return 1
  }
}

# has TEXT PART
has() {
  [[ $1 == *"$2"* ]] || {
    printf 'text: %s\nlacks: %s\n' "$1" "$2"
    return 1
  }
}

# Waits until a command succeeds, for twenty seconds at most.
await() {
  local deadline=$((SECONDS + 20))
  until "$@" 2>/dev/null; do
    ((SECONDS < deadline)) || return 1
    read -r -t 0.1 <>"$scratch/never" || true
  done
}
mkfifo "$scratch/never"

is_gone() {
  ! kill -0 "$1" 2>/dev/null
}

# A command of that name on PATH, before all others, in $fakes.
fakes=$scratch/fakes
mkdir "$fakes"
fake() {
  cat >"$fakes/$1"
  chmod +x "$fakes/$1"
}
