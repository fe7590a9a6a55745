#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-start.py PSACTL PSA-PRACTICE FIRST-FRAME EMPTY-WINDOW PSA-CONNECTIONS

From the start to the first frame, and the memory at rest after it, of the window with 10, 1,000 and 10,000 profiles:
each as a ratio to a window of libadwaita that is empty.
"""

import functools
import subprocess
import sys

from place import Home, Tenant, fill, side_by_side, tell

FIRST_FRAME, EMPTY_WINDOW, PSA_CONNECTIONS = sys.argv[3:6]
LIMITS = {10: (None, None), 1000: (1.3, 1.15), 10000: (1.6, 1.4)}
TIMES = 7


def first_frame(home: Home, program: str) -> tuple[float, ...]:
    done = subprocess.run(
        [FIRST_FRAME, program], env=home.environment, stdout=subprocess.PIPE, text=True, check=True, timeout=120
    )
    return tuple(float(word) for word in done.stdout.split())


def main() -> None:
    tenant = Tenant()
    for count, (start_limit, memory_limit) in LIMITS.items():
        home = Home()
        fill(home, tenant, count)
        empty, full = side_by_side(
            TIMES,
            functools.partial(first_frame, home, EMPTY_WINDOW),
            functools.partial(first_frame, home, PSA_CONNECTIONS),
        )
        tell(f"start-{count}", full[0] / empty[0], start_limit)
        tell(f"memory-{count}", full[1] / empty[1], memory_limit)
        home.folder.cleanup()
    tenant.close()


main()
