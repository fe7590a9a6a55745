#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# suite.sh [--bench | --pictures] [TEST…]
# Runs the tests of the build in PSA_BUILD, or those whose name holds TEST, and says how it went. With --bench the
# benchmarks as well, with --pictures nothing but the pictures of every screen. Logs go to _build/tests in the checkout.
# Exit status 2 where no test has such a name.
set -uo pipefail

place=$(cd "$(dirname "$0")" && pwd -P)
checkout=${place%/tests/place}
logs=$checkout/_build/tests
# shellcheck source=tests/place/say.sh
. "$place/say.sh"

also=
if [[ ${1-} == --* ]]; then
  also=${1#--}
  shift
fi

# Runs meson test and shows its line for each program as it ends. What failed is told from the log.
run_meson() {
  meson test -C "$PSA_BUILD" --no-rebuild --logbase "$@" </dev/null 2>&1 |
    tee "$logs/$1.out" | grep --line-buffered -E '^ *[0-9]+/[0-9]+ '
}

# Puts the names of the tests that hold one of the words into "chosen".
choose() {
  local names word name found
  mapfile -t names < <(meson test -C "$PSA_BUILD" --list --no-rebuild 2>/dev/null | sed 's,^[^ ]* / ,,')
  for word; do
    found=
    for name in "${names[@]}"; do
      if [[ $name == *"$word"* ]]; then
        chosen+=("$name")
        found=yes
      fi
    done
    if [[ -z $found ]]; then
      psa_say "There is no test whose name holds \"$word\". These there are:"
      printf '%s\n' "${names[@]}" | sort | paste -sd ' ' | fold -sw 100 >&2
      exit 2
    fi
  done
}

chosen=()
[[ $also == pictures ]] || (($# == 0)) || choose "$@"

mkdir -p "$logs"
exec {lock}>"$PSA_BUILD/../suite.lock"
if ! flock --nonblock "$lock"; then
  psa_say "Another run is testing this checkout; waiting for it …"
  flock "$lock"
fi
rm -rf "${logs:?}"/*
rm -f "$PSA_BUILD"/meson-logs/{suite,bench}.*

# The Flatpak's tests want a runtime and the program built for it: the longest part of what is to be made beforehand.
if [[ $also != pictures && -e $checkout/tests/flatpak/program.sh ]] &&
  [[ ${#chosen[@]} == 0 || ${chosen[*]} == *flatpak-* ]]; then
  bash -euo pipefail "$checkout/tests/flatpak/program.sh" >/dev/null || psa_say "The Flatpak could not be made; its tests fail."
fi

# Times are for a quiet machine; a busy one gets three times as long before a test counts as stuck. Many tests wait most
# of their time, for a limit to pass or a service to answer: thrice as many as there are processors keep these busy.
if [[ $also == pictures ]]; then
  run_meson suite --benchmark --suite pictures --timeout-multiplier 3 --num-processes "$(nproc)"
else
  run_meson suite --timeout-multiplier 3 --num-processes $((3 * $(nproc))) "${chosen[@]}"
fi
if [[ $also == bench ]]; then
  run_meson bench --benchmark --no-suite pictures --num-processes 1 --timeout-multiplier 3
fi
exec python3 "$place/figures.py" "$PSA_BUILD/meson-logs" "$logs"
