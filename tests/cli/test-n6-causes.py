#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""[N6]: what psactl says of each scenario of the practice tenant, against the table in tests/README.md. Prints TAP.

With --update the table is written anew.
"""

import json
import re
import subprocess
import sys
import uuid
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from psactl_fixture import PRACTICE, PSACTL, Home, Tenant, run_tests

README = Path(__file__).parent.parent / "README.md"
BEGIN, END = "<!-- causes begin -->", "<!-- causes end -->"
SLOW_AT_ONCE = 4  # as many as psactl has under way at one host

# One answer's own facts: what it says of this machine and this moment.
FACTS = (
    (r"127\.0\.0\.1:\d+", "cw.example.com"),
    (r"\b\d+(\.\d+)? (s|seconds?|minutes?)\b", r"N \2"),
    (r"\b\d\d?:\d\d(:\d\d)?( [AP]M)?", "HH:MM"),
)


class Scenario(NamedTuple):
    cause: str
    version: str = ""  # asked for
    has_wrong_keys: bool = False


def read_scenario(listed: str) -> Scenario:
    """The cause that a check comes to, and what it takes to come to it."""
    cause, _, condition = listed.partition(" ")
    if condition == "without a Client ID":
        return Scenario("ok")  # psactl always sends one; client-id-lost-… is what it may meet
    if condition == "with a version":
        return Scenario(cause, version="2025.1")
    return Scenario(cause.rstrip(";"), has_wrong_keys=condition == "with wrong keys")


def read_scenarios() -> dict[str, Scenario]:
    listed = subprocess.run([PRACTICE, "--markdown"], capture_output=True, text=True, check=True).stdout
    scenarios = {}
    for line in listed.splitlines():
        cells = line.removeprefix("| ").removesuffix(" |").split(" | ")
        if cells[0].startswith("`"):
            scenarios[cells[0].strip("`")] = read_scenario(cells[-1])
    assert len(scenarios) > 100, "the list was not understood"
    return scenarios


def keep_secret(home: Home, identity: str, secret: str) -> None:
    subprocess.run(
        ["secret-tool", "store", "--label", "PSA Connections", "id", identity,
         "xdg:schema", "io.github.psaconnections.PsaConnections.Secret"],
        input=secret, text=True, check=True, env=home.environment, timeout=30,
    )  # fmt: skip


def add_all(home: Home, tenant: Tenant, scenarios: dict[str, Scenario]) -> None:
    """As many `psactl add`, but in a moment: the first is one, and the others are like it."""
    home.add(tenant, "ok", "like this")
    document = json.loads(home.profiles.read_text())
    (model,) = document["profiles"]
    for name, scenario in scenarios.items():
        profile = model | {
            "id": str(uuid.uuid4()),
            "name": name,
            "username": f"{name}+{tenant.public_key}",
            "apiVersion": scenario.version,
        }
        document["profiles"].append(profile)
    document["profiles"].remove(model)
    home.profiles.write_text(json.dumps(document))
    with ThreadPoolExecutor(8) as pool:
        for profile in document["profiles"]:
            wrong = scenarios[profile["name"]].has_wrong_keys
            secret = "of another member" if wrong else tenant.private_key
            pool.submit(keep_secret, home, profile["id"], secret)


def remove_all(home: Home) -> None:
    profiles = json.loads(home.run("list", "--json").stdout)["profiles"]
    home.run("remove", *(profile["id"] for profile in profiles))


def start(home: Home, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PSACTL, "check", "--json", *words], stdout=subprocess.PIPE, text=True, env=home.environment
    )


def check_all(tenant: Tenant, homes: dict[str, Home]) -> dict[str, dict]:
    """All quick ones by --all, and those that take as long as a stage may beside them."""
    scenarios = read_scenarios()
    slow = [name for name, s in scenarios.items() if s.cause in {"timed-out", "slow"}]
    add_all(homes["quick"], tenant, {n: s for n, s in scenarios.items() if n not in slow})
    add_all(homes["slow"], tenant, {n: scenarios[n] for n in slow})
    running = [start(homes["quick"], "--all")]
    for i in range(0, len(slow), SLOW_AT_ONCE):
        running.append(start(homes["slow"], *slow[i : i + SLOW_AT_ONCE]))
    results = {}
    for psactl in running:
        output, _ = psactl.communicate(timeout=100)
        results |= {result["name"]: result for result in json.loads(output)["results"]}
    assert results.keys() == scenarios.keys(), results.keys() ^ scenarios.keys()
    return {name: results[name] for name in scenarios}


def tell(name: str, sentence: str) -> str:
    sentence = sentence.replace(f"“{name}”", "“contoso”")
    for pattern, word in FACTS:
        sentence = re.sub(pattern, word, sentence)
    return sentence.replace("|", "\\|").replace("\n", " ")


def write_table(results: dict[str, dict]) -> str:
    """Scenarios of which the same is said stand in one row, which is where the first of them stands."""
    rows: dict[tuple[str, ...], list[str]] = {}
    for name, result in results.items():
        message = result["message"]
        said = (result["cause"], tell(name, message["what"]), tell(name, message["next"]))
        rows.setdefault(said, []).append(f"`{name}`")
    lines = ["| Scenarios | Cause | What | Next step |", "|---|---|---|---|"]
    for said, names in rows.items():
        lines.append("| " + " | ".join([" ".join(names), *said]) + " |")
    return "".join(f"{line}\n" for line in lines)


def split_readme() -> tuple[str, str, str]:
    before, rest = README.read_text().split(f"{BEGIN}\n")
    table, after = rest.split(END)
    return before, table, after


class Causes:
    def __init__(self) -> None:
        self.results: dict[str, dict] = {}

    def each_cause_is_as_listed(self, home: Home, tenant: Tenant) -> None:
        """Each ends in the cause that it is listed with."""
        slow = Home()
        try:
            self.results = check_all(tenant, {"quick": home, "slow": slow})
        finally:
            remove_all(home)
            remove_all(slow)
            slow.folder.cleanup()
        scenarios = read_scenarios()
        wrong = {
            name: result["cause"]
            for name, result in self.results.items()
            if result["cause"] != scenarios[name].cause
        }
        assert not wrong, wrong

    def table_is_not_stale(self, home: Home, tenant: Tenant) -> None:
        """The table tells what is said, word for word."""
        _, table, _ = split_readme()
        new = write_table(self.results)
        changed = set(new.splitlines()) ^ set(table.splitlines())
        assert not changed, "run tests/env tests/cli/update-causes: " + "\n".join(sorted(changed))
        assert new == table, "run tests/env tests/cli/update-causes: the order of the rows"


def update() -> int:
    home, slow, tenant = Home(), Home(), Tenant()
    before, _, after = split_readme()
    table = write_table(check_all(tenant, {"quick": home, "slow": slow}))
    README.write_text(f"{before}{BEGIN}\n{table}{END}{after}")
    tenant.close()
    return 0


if __name__ == "__main__":
    if sys.argv[3:] == ["--update"]:
        sys.exit(update())
    causes = Causes()
    sys.exit(run_tests([causes.each_cause_is_as_listed, causes.table_is_not_stale], Tenant))
