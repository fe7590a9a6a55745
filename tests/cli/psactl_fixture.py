# SPDX-License-Identifier: GPL-3.0-or-later
"""What the tests of psactl share: practice tenants, a home, and how they are run."""

import json
import os
import re
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

PSACTL, PRACTICE = sys.argv[1:3]
UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Tenant:
    """A running practice tenant; ends with its standard input."""

    def __init__(self, *options: str) -> None:
        self.process = subprocess.Popen(
            [PRACTICE, *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        ready = json.loads(self.process.stdout.readline())
        self.port: int = ready["port"]
        self.host = f"127.0.0.1:{self.port}"
        self.sha256: str = ready["sha256"]
        self.public_key: str = ready["publicKey"]
        self.private_key: str = ready["privateKey"]
        self.client_id: str = ready["clientId"]

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait()
        self.process.stdout.close()


class Home:
    """Folders that nobody else has; the keyring is the session's."""

    def __init__(self) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="psactl-")
        self.path = Path(self.folder.name)
        self.environment = dict(os.environ, LC_ALL="C.UTF-8")
        for name in ("DATA", "STATE", "CONFIG", "CACHE"):
            self.environment[f"XDG_{name}_HOME"] = str(self.path / name.lower())

    @property
    def profiles(self) -> Path:
        return self.path / "data" / "psa-connections" / "profiles.json"

    def run(
        self, *words: str, stdin: str = "", **environment: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PSACTL, *words],
            input=stdin,
            capture_output=True,
            text=True,
            env=self.environment | environment,
            timeout=60,
        )

    def add(self, tenant: Tenant, company: str, name: str, *more: str, password: str = "") -> str:
        done = self.run(
            "add",
            "--name", name,
            "--hostname", tenant.host,
            "--username", f"{company}+{tenant.public_key}",
            "--client-id", tenant.client_id,
            *(more or ("--trust-sha256", tenant.sha256)),
            stdin=(password or tenant.private_key) + "\n",
        )  # fmt: skip
        assert done.returncode == 0, done
        assert UUID.fullmatch(done.stdout.strip()), done.stdout
        return done.stdout.strip()

    def check(self, *words: str) -> tuple[int, list[dict]]:
        done = self.run("check", "--json", *words)
        document = json.loads(done.stdout)
        assert document["schema"] == 1
        return done.returncode, document["results"]

    def read_all(self) -> bytes:
        return b"".join(p.read_bytes() for p in self.path.rglob("*") if p.is_file())


def expect(home: Home, name: str, cause: str, status: int) -> dict:
    code, results = home.check(name)
    assert [r["cause"] for r in results] == [cause], results
    assert code == status, code
    return results[0]


def run_tests(tests: list[Callable[..., None]], create_tenant: Callable[[], Tenant] | None) -> int:
    """Runs each with a home of its own, and with a tenant where one is to be created: prints TAP."""
    failed = 0
    print(f"1..{len(tests)}")
    for number, test in enumerate(tests, 1):
        home = Home()
        tenant = create_tenant() if create_tenant else None
        try:
            test(*(thing for thing in (home, tenant) if thing))
            print(f"ok {number} {test.__name__}", flush=True)
        except Exception as problem:  # each test is told of, whatever stops it
            failed += 1
            print(f"not ok {number} {test.__name__}", flush=True)
            for line in "".join(traceback.format_exception(problem)).splitlines():
                print(f"# {line}", flush=True)
        finally:
            if tenant:
                tenant.close()
            for item in json.loads(home.run("list", "--json").stdout or '{"profiles": []}')["profiles"]:
                home.run("remove", item["id"])
            home.folder.cleanup()
    return 1 if failed else 0
