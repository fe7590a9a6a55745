#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-list.py PSACTL PSA-PRACTICE DRIVE-LIST

How long the list of 10, 1,000 and 10,000 profiles takes to follow a key typed in its search and to be sorted, and the
longest that its window kept the main loop from anything else: milliseconds.
"""

import statistics
import subprocess
import sys

from place import Home, Tenant, fill, tell

DRIVE_LIST = sys.argv[3]
LIMITS = {10: (16, None), 1000: (16, None), 10000: (50, 100)}
STALL = 100
TIMES = 3


def drive(home: Home) -> list[float]:
    done = subprocess.run([DRIVE_LIST], env=home.environment, stdout=subprocess.PIPE, text=True, check=True)
    return [float(word) for word in done.stdout.split()]


def main() -> None:
    tenant = Tenant()
    for count, (key_limit, sort_limit) in LIMITS.items():
        home = Home()
        fill(home, tenant, count)
        key, order, stall = (statistics.median(column) for column in zip(*(drive(home) for _ in range(TIMES)), strict=True))
        tell(f"search-{count}", key, key_limit)
        tell(f"sort-{count}", order, sort_limit)
        tell(f"stall-{count}", stall, STALL)
        home.folder.cleanup()
    tenant.close()


main()
