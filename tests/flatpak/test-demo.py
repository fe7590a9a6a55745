#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The demo tells three states, and fails when the good key is not good: prints TAP.

Runs in a session of flatpak/session, on a virtual display.
"""

import argparse
import io
import sys
import tempfile
import traceback
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "flatpak"))

from demo.__main__ import run  # noqa: E402
from demo.practice import Tenant  # noqa: E402
from demo.program import Program  # noqa: E402
from demo.tenants import PARTS  # noqa: E402


def demo(
    practice: str, picture: Path, before_checks: Callable[[list[Tenant]], None]
) -> tuple[int, list[str], str]:
    """Runs the demo; its status, the lines it printed and what it complained of."""
    out, err = io.StringIO(), io.StringIO()
    program = Program()
    with redirect_stdout(out), redirect_stderr(err):
        status = run(program, [practice], picture, before_checks)
    # The session is shared: the next run makes profiles of the same names.
    program.psactl("remove", *(part.name for part in PARTS))
    return status, out.getvalue().splitlines(), err.getvalue()


def check_states(practice: str, folder: Path) -> None:
    picture = folder / "demo.png"
    status, lines, complaint = demo(practice, picture, lambda tenants: None)
    assert status == 0, f"ended with {status}: {complaint}"
    told = {line[:12].strip(): line[13:].split()[0] for line in lines[:3]}
    assert told == {
        "Contoso IT": "connected",
        "Fabrikam": "rejected",
        "Adatum": "needs-correction",
    }, told
    for line in lines[:3]:
        assert len(line.split()) > 8, f"no sentences in: {line}"
    assert picture.read_bytes().startswith(b"\x89PNG"), "no picture"
    # A display that shows nothing but one colour makes a much smaller file.
    assert picture.stat().st_size > 10_000, f"{picture.stat().st_size} bytes: an empty display?"


def check_revoked(practice: str, folder: Path) -> None:
    status, lines, complaint = demo(
        practice, folder / "revoked.png", lambda tenants: tenants[0].revoke()
    )
    assert status == 1, f"ended with {status}: {lines}"
    assert "Contoso IT: rejected" in complaint, complaint


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("practice", help="the psa-practice to start")
    practice = parser.parse_args().practice

    checks = (("three-states", check_states), ("fails-with-revoked-key", check_revoked))
    failed = 0
    print(f"1..{len(checks)}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, check) in enumerate(checks, start=1):
            try:
                check(practice, Path(folder))
            except Exception:  # pylint: disable=broad-exception-caught
                failed += 1
                print(f"not ok {number} - {name}")
                print("\n".join(f"# {line}" for line in traceback.format_exc().splitlines()))
            else:
                print(f"ok {number} - {name}")
            sys.stdout.flush()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
