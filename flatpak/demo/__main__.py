# SPDX-License-Identifier: GPL-3.0-or-later
"""Starts the practice tenants, makes the profiles, opens the window and, unwatched, reads it."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from .practice import Tenant
from .program import Program
from .tenants import PARTS, WORDS, Part, add

CHECK_SECONDS = 40  # a check ends within 30 s


def start(stack: ExitStack, program: Program, practice: Sequence[str]) -> list[Tenant]:
    """A practice tenant and a profile for each part."""
    tenants = []
    for part in PARTS:
        tenant = Tenant.start(practice)
        stack.callback(tenant.stop)
        tenants.append(tenant)
        add(program, part, tenant)
    return tenants


def watch(program: Program) -> int:
    """Opens the window for somebody who looks at it, until it is closed."""
    window = program.open()
    try:
        return window.wait()
    except KeyboardInterrupt:
        return 130
    finally:
        program.close(window)


def take_picture(path: Path) -> None:
    """Fills the display with the window and takes a picture of the display."""
    find = ["xdotool", "search", "--onlyvisible", "--name", "^PSA Connections"]
    subprocess.run(
        [*find, "windowmove", "0", "0", "windowsize", "--sync", "100%", "100%"],
        check=False,
        timeout=10,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["import", "-silent", "-window", "root", str(path)], check=True, timeout=20)


def judge(program: Program, part: Part, word: str) -> str | None:
    """What is wrong with the verdict on a profile: the screen, psactl and the part must agree."""
    token = WORDS.get(word)
    told = program.profile(part.name)
    if token != told["state"]:
        return f"the window says {word!r}, psactl {told['state']!r}"
    if (told["state"], told["cause"]) != (part.state, part.cause):
        return f"{told['state']} ({told['cause']}), but {part.state} ({part.cause}) was due"
    return None


def unwatched(program: Program, picture: Path) -> int:
    """Presses Check on each profile as a user would and tells what the window then says."""
    from .window import Window  # needs python3-gi, which a display with somebody before it does not

    process = program.open()
    faults = []
    try:
        with Window() as window:
            for part in PARTS:
                window.select(part.name)
                window.press("Check")
                verdict = window.wait(
                    lambda name=part.name: window.verdict(name, WORDS),
                    f"the verdict on {part.name}",
                    CHECK_SECONDS,
                )
                fault = judge(program, part, verdict.word)
                token = WORDS[verdict.word]
                print(f"{part.name:<12} {token:<17} {verdict.what} {verdict.next_step}", flush=True)
                if fault is not None:
                    faults.append(f"{part.name}: {fault}")
            window.select(PARTS[0].name)
            take_picture(picture)
            print(f"Picture of the display: {picture}")
    finally:
        program.close(process)
    for fault in faults:
        print(f"flatpak/run: {fault}", file=sys.stderr)
    return 1 if faults else 0


def run(
    program: Program,
    practice: Sequence[str],
    picture: Path,
    before_checks: Callable[[list[Tenant]], None] = lambda tenants: None,
) -> int:
    """The demo without anybody before it; returns the exit status."""
    with ExitStack() as stack:
        tenants = start(stack, program, practice)
        before_checks(tenants)
        return unwatched(program, picture)


def main() -> int:
    parser = argparse.ArgumentParser(prog="flatpak/run --demo")
    parser.add_argument("--bindir", type=Path, help="the program's folder where there is no sandbox")
    parser.add_argument("--picture", type=Path, required=True)
    parser.add_argument("--watched", action="store_true", help="somebody looks at the display")
    parser.add_argument("practice", nargs="+", help="the command line that starts a practice tenant")
    options = parser.parse_args()

    program = Program(options.bindir)
    if not options.watched:
        os.environ["LC_ALL"] = "C.UTF-8"  # the words are read
        return run(program, options.practice, options.picture)
    with ExitStack() as stack:
        start(stack, program, options.practice)
        print("The window is open on three practice tenants; close it to end the demo.", flush=True)
        return watch(program)


if __name__ == "__main__":
    sys.exit(main())
