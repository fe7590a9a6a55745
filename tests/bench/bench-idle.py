#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-idle.py PSACTL PSA-PRACTICE PSA-CONNECTIONS

How often in two minutes a window with a thousand checked profiles wakes up when nothing is to be done: runs of tenths of
a second in which any of its threads went to sleep anew.
"""

import subprocess
import sys
import time
from pathlib import Path

from place import Home, Tenant, fill, tell

PSA_CONNECTIONS = sys.argv[3]
SETTLED = 30  # seconds; GLib ends a worker thread 15 s after its last work, here and in an empty window
MINUTES = 2


def count_sleeps(process: subprocess.Popen[bytes]) -> int:
    lines = (
        line
        for status in Path(f"/proc/{process.pid}/task").glob("*/status")
        for line in status.read_text().splitlines()
    )
    return sum(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))


def main() -> None:
    tenant = Tenant()
    home = Home()
    fill(home, tenant, 1000)
    with subprocess.Popen([PSA_CONNECTIONS], env=home.environment) as process:
        time.sleep(SETTLED)
        wakes = 0
        was_awake = False
        before = count_sleeps(process)
        end = time.monotonic() + 60 * MINUTES
        while time.monotonic() < end:
            time.sleep(0.1)
            now = count_sleeps(process)
            wakes += now != before and not was_awake
            was_awake = now != before
            before = now
        process.terminate()
    tell("idle-wakes-a-minute", wakes / MINUTES, 1)
    tenant.close()


main()
