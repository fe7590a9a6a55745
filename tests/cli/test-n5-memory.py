#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""[N5]: what an answer without measure costs psactl in memory. Prints TAP."""

import json
import os
import resource
import subprocess
import sys

from psactl_fixture import PSACTL, Home, Tenant, run_tests

MOST_KIB = 32 * 1024
STAGE_MS = 10_000


def check(home: Home, name: str) -> tuple[dict, int]:
    """The result of a check, and the most memory that the process had at a time, in KiB."""
    psactl = subprocess.Popen(
        [PSACTL, "check", "--json", name], stdout=subprocess.PIPE, env=home.environment
    )
    output = psactl.stdout.read()
    _, status, usage = os.wait4(psactl.pid, 0)
    psactl.returncode = os.waitstatus_to_exitcode(status)
    return json.loads(output)["results"][0], usage.ru_maxrss


def measure(home: Home, tenant: Tenant, *scenarios: str) -> None:
    home.add(tenant, "ok", "ok")
    good, good_kib = check(home, "ok")
    assert good["cause"] == "ok", good
    # A process counts from what it was begun by: that must not hide what it needs itself.
    assert good_kib > resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, good_kib
    for scenario in scenarios:
        home.add(tenant, scenario, scenario)
        result, kib = check(home, scenario)
        print(f"# {scenario} costs {max(0, kib - good_kib)} KiB more than a good answer")
        assert result["cause"] == "bad-answer", result
        assert result["durationMs"] < STAGE_MS, result  # the cap of size, not of time
        assert kib - good_kib <= MOST_KIB, (scenario, kib, good_kib)


def test_gibibyte(home: Home, tenant: Tenant) -> None:
    measure(home, tenant, "huge", "huge-info")


def test_endless(home: Home, tenant: Tenant) -> None:
    measure(home, tenant, "endless", "endless-info")


def test_compressed_bomb(home: Home, tenant: Tenant) -> None:
    measure(home, tenant, "compressed-bomb")


def test_heads(home: Home, tenant: Tenant) -> None:
    measure(home, tenant, "big-headers-info", "interim-flood-info")


def test_deep(home: Home, tenant: Tenant) -> None:
    measure(home, tenant, "info-deep", "info-too-long")


def test_http2(home: Home, tenant: Tenant) -> None:
    http2 = Tenant("--http2")
    try:
        measure(home, http2, "huge", "huge-info", "info-too-long")
    finally:
        http2.close()


if __name__ == "__main__":
    tests = [
        test_gibibyte, test_endless, test_compressed_bomb, test_heads, test_deep, test_http2,
    ]  # fmt: skip
    sys.exit(run_tests(tests, Tenant))
