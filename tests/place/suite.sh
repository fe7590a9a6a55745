#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
#
# suite.sh [--bench] [TEST…]
# Runs the tests, or those that are named, of the build in PSA_BUILD, and says how it went. With --bench the benchmarks
# as well. Logs go to _build/tests in the checkout.
set -uo pipefail

place=$(cd "$(dirname "$0")" && pwd -P)
checkout=${place%/tests/place}
logs=$checkout/_build/tests
# shellcheck source=tests/place/say.sh
. "$place/say.sh"

bench=
if [[ ${1-} == --bench ]]; then
  bench=yes
  shift
fi

# Runs meson test and shows its line for each program as it ends. What failed is told from the log.
run_meson() {
  rm -f "$PSA_BUILD/meson-logs/$1".*
  meson test -C "$PSA_BUILD" --no-rebuild --logbase "$@" </dev/null 2>&1 |
    tee "$logs/$1.out" | grep --line-buffered -E '^ *[0-9]+/[0-9]+ '
}

mkdir -p "$logs"
exec {lock}>"$PSA_BUILD/../suite.lock"
if ! flock --nonblock "$lock"; then
  psa_say "Another run is testing this checkout; waiting for it …"
  flock "$lock"
fi
rm -rf "${logs:?}"/*

# Times are for a quiet machine; a busy one gets three times as long before a test counts as stuck. Many tests wait most
# of their time, for a limit to pass or a service to answer: thrice as many as there are processors keep these busy.
run_meson suite --timeout-multiplier 3 --num-processes $((3 * $(nproc))) "$@"
if [[ -n $bench ]]; then
  run_meson bench --benchmark --num-processes 1 --timeout-multiplier 3
fi
exec python3 "$place/figures.py" "$PSA_BUILD/meson-logs" "$logs"
