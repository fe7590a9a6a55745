#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-check.py PSACTL PSA-PRACTICE BARE-CHECK

How long psactl takes to check a thousand profiles of one practice tenant, as a ratio to the same requests and keyring
look-ups by bare libsoup and libsecret, and to as many runs of curl; and its peak of memory as a ratio to that of a
hundred profiles.
"""

import contextlib
import functools
import subprocess
import sys
import time
from pathlib import Path

import gi

gi.require_version("Secret", "1")
from gi.repository import Secret  # noqa: E402

from place import SCHEMA, Home, Tenant, fill, side_by_side, tell  # noqa: E402

PSACTL, _, BARE_CHECK = sys.argv[1:4]
COUNT = 1000
TIMES = 3
CURL_PART = 10  # curl is so much slower that a tenth tells as much
AT_ONCE = 4  # what the program allows itself on one host


def peak_kib(process: subprocess.Popen[bytes]) -> float:
    """The high-water mark of the memory; 0 once the process has ended. What wait4 tells would include our own."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next((float(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)


def wall(*command: str, home: Home, stdin: str = "", **environment: str) -> tuple[float, ...]:
    """Seconds that a command takes, and its peak of memory in KiB."""
    begun = time.monotonic()
    peak = 0.0
    with subprocess.Popen(
        command, env=home.environment | environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
    ) as process:
        process.stdin.write(stdin.encode())
        process.stdin.close()
        while process.poll() is None:
            peak = max(peak, peak_kib(process))
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
    assert process.returncode == 0, f"{command[0]} ended with {process.returncode}"
    return time.monotonic() - begun, peak


def fill_with_secrets(home: Home, tenant: Tenant, count: int) -> list[str]:
    ids = fill(home, tenant, count)
    for profile in ids[1:]:
        Secret.password_store_sync(SCHEMA, {"id": profile}, None, profile, tenant.private_key, None)
    return ids


def main() -> None:
    tenant = Tenant()
    home = Home()
    ids = fill_with_secrets(home, tenant, COUNT)
    origin = f"https://{tenant.host}"

    ours = functools.partial(wall, PSACTL, "check", "--all", home=home)
    bare = functools.partial(
        wall, BARE_CHECK, origin, tenant.client_id, tenant.public_key, str(AT_ONCE), home=home, stdin="\n".join(ids)
    )
    # The same three addresses by curl, one process a profile. The key goes by the environment of these processes alone.
    api = f"{origin}/v4_6_release/apis/3.0/system"
    curl = functools.partial(
        wall, "xargs", "-P", str(AT_ONCE), "-I", "ID", "sh", "-c",
        'printf "user = \\"%s\\"\\n" "$BENCH_USER" | exec curl -sk --config - -H "clientId: $BENCH_CLIENT" -o /dev/null '
        f'-o /dev/null -o /dev/null {origin}/login/companyinfo/cloud {api}/info "{api}/mySecurity?pageSize=1"',
        home=home, stdin="\n".join(ids[: COUNT // CURL_PART]),
        BENCH_USER=f"cloud+{tenant.public_key}:{tenant.private_key}", BENCH_CLIENT=tenant.client_id,
    )  # fmt: skip
    ours_at, bare_at, curl_at = side_by_side(TIMES, ours, bare, curl)
    tell(f"check-{COUNT}-to-libsoup", ours_at[0] / bare_at[0], 1.25)
    tell(f"check-{COUNT}-to-curl", ours_at[0] / (curl_at[0] * CURL_PART), 0.8)

    tenth = Home()
    fill_with_secrets(tenth, tenant, COUNT // 10)
    few = wall(PSACTL, "check", "--all", home=tenth)
    tell(f"check-{COUNT}-memory", ours_at[1] / few[1])
    tenant.close()


main()
