#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes out of psactl and comes in, with a real keyring and no tenant: prints TAP."""

import json
import sys

from psactl_fixture import Home, run_tests

CLIENT_ID = "3f2b8c1e-5a6d-4e7f-9b0c-1d2e3f4a5b6c"
CANARY = "canary-Zq8/+&\"x"


def add(home: Home, name: str, *more: str, host: str = "cw.example.com", password: str = CANARY) -> str:
    done = home.run(
        "add", "--name", name, "--hostname", host, "--username", "contoso+publickey",
        "--client-id", CLIENT_ID, *more, stdin=password,
    )  # fmt: skip
    assert done.returncode == 0, done
    return done.stdout.strip()


def test_copy_as(home: Home) -> None:
    add(home, "Contoso $(touch pwned)'\"")
    for form, piece in {
        "curl": "--user 'contoso+publickey:'\"${PSA_PRIVATE_KEY:?}\"",
        "powershell": "  PubKey     = 'publickey'\n",
        "env": "PSA_USERNAME=contoso+publickey\n",
    }.items():
        done = home.run("copy-as", form, "Contoso $(touch pwned)'\"")
        assert done.returncode == 0 and piece in done.stdout, done
        assert CANARY not in done.stdout and CLIENT_ID not in done.stdout
    nango = json.loads(home.run("copy-as", "nango", "Contoso $(touch pwned)'\"").stdout)
    assert nango["connection_config"]["hostname"] == "cw.example.com"
    assert home.run("copy-as", "fax", "Contoso").returncode == 2
    assert home.run("copy-as", "curl").returncode == 2
    assert home.run("copy-as", "curl", "Nobody").returncode == 3


TESTS = [test_copy_as]

if __name__ == "__main__":
    sys.exit(run_tests(TESTS, None))
