#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Where the programs reach: nothing beyond this machine unless a profile says so. Prints TAP.

Every connect and send of the real programs is read off the kernel by strace. A look-up of a name would be
seen as a packet to a name server, whichever library asks it.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PSACTL, WINDOW, PRACTICE, APPLICATION_ID = sys.argv[1:5]
STRACE = ["strace", "-f", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o"]
ADDRESS = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')
SECONDS = 60


def find_reached(trace: Path) -> set[str]:
    """The internet addresses that a trace names, ports included."""
    return {f"{address}:{port}" for port, address in ADDRESS.findall(trace.read_text())}


def find_strangers(trace: Path) -> set[str]:
    return {
        reached
        for reached in find_reached(trace)
        if not reached.startswith(("127.", "::1:")) or reached.endswith(":53")
    }


def add_profile(tenant: dict) -> None:
    subprocess.run(
        [PSACTL, "add", "--name", "Contoso", "--hostname", f"localhost:{tenant['port']}",
         "--username", f"ok+{tenant['publicKey']}", "--client-id", tenant["clientId"],
         "--trust-sha256", tenant["sha256"]],
        input=tenant["privateKey"], text=True, check=True, capture_output=True, timeout=SECONDS,
    )  # fmt: skip


def check_psactl(folder: Path, tenant: dict) -> None:
    trace = folder / "psactl"
    done = subprocess.run(
        [*STRACE, trace, PSACTL, "check", "Contoso", "--json"],
        capture_output=True, text=True, timeout=SECONDS,
    )  # fmt: skip
    assert json.loads(done.stdout)["results"][0]["cause"] == "ok", done
    reached = find_reached(trace)
    assert any(place.endswith(f":{tenant['port']}") for place in reached), reached
    assert not find_strangers(trace), find_strangers(trace)


def check_window(folder: Path, tenant: dict) -> None:
    """Opening the window checks nothing: it reaches nobody at all."""
    trace = folder / "window"
    window = subprocess.Popen(
        [*STRACE, trace, WINDOW], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        subprocess.run(
            ["xdotool", "search", "--sync", "--onlyvisible", "--name", "."],
            check=True, capture_output=True, timeout=SECONDS,
        )  # fmt: skip
        wait_for_list(window)
    finally:
        quit_window()
        window.wait(SECONDS)
    assert not find_reached(trace), find_reached(trace)


def wait_for_list(window: subprocess.Popen[bytes]) -> None:
    """The profiles are read once the first frame is drawn; then the last state is on disk."""
    history = Path(os.environ["XDG_STATE_HOME"]) / "psa-connections" / "history.sqlite"
    end = time.monotonic() + SECONDS
    while window.poll() is None and time.monotonic() < end:
        maps = Path(f"/proc/{find_child(window.pid)}/fd")
        if any(os.path.realpath(fd) == str(history) for fd in maps.iterdir()):
            return
        time.sleep(0.05)
    raise AssertionError("the window did not read what was last known")


def find_child(pid: int) -> int:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return int(children[0]) if children else pid


def quit_window() -> None:
    path = "/" + APPLICATION_ID.replace(".", "/")
    subprocess.run(
        ["gdbus", "call", "--session", "--dest", APPLICATION_ID, "--object-path", path,
         "--method", "org.gtk.Actions.Activate", "quit", "[]", "{}"],
        capture_output=True, timeout=SECONDS,
    )  # fmt: skip


def find_obstacle() -> str:
    for tool in ("strace", "xdotool", "gdbus"):
        if shutil.which(tool) is None:
            return f"{tool} is not installed"
    tried = subprocess.run([*STRACE, "/dev/null", "true"], capture_output=True, text=True)
    if tried.returncode != 0:
        return "programs cannot be traced here"
    return ""


def main() -> int:
    checks = [check_psactl, check_window]
    obstacle = find_obstacle()
    print(f"1..{len(checks)}")
    if obstacle:
        for number, check in enumerate(checks, 1):
            print(f"ok {number} {check.__name__} # SKIP {obstacle}")
        return 0

    failed = 0
    practice = subprocess.Popen([PRACTICE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    tenant = json.loads(practice.stdout.readline())
    with tempfile.TemporaryDirectory(prefix="reach-") as name:
        add_profile(tenant)
        for number, check in enumerate(checks, 1):
            try:
                check(Path(name), tenant)
                print(f"ok {number} {check.__name__}", flush=True)
            except (AssertionError, OSError, subprocess.SubprocessError) as problem:
                failed += 1
                print(f"not ok {number} {check.__name__}\n# {problem}", flush=True)
    practice.stdin.close()
    practice.wait()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
