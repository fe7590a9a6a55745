# SPDX-License-Identifier: GPL-3.0-or-later
"""What the benchmarks share: homes with many profiles, and how a figure is told."""

import contextlib
import json
import sqlite3
import statistics
import sys
import uuid
from collections.abc import Callable
from pathlib import Path

import gi

gi.require_version("Secret", "1")
from gi.repository import Secret  # noqa: E402

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "cli"))

from psactl_fixture import Home, Tenant, expect  # noqa: E402

ENVIRONMENTS = ("production", "staging", "sandbox", "other")
NAMES = ("Contoso", "Fabrikam", "Adatum", "Tailspin", "Wingtip", "Northwind", "Litware", "Proseware")
SCHEMA = Secret.Schema.new(
    "io.github.psaconnections.PsaConnections.Secret",
    Secret.SchemaFlags.NONE,
    {"id": Secret.SchemaAttributeType.STRING},
)
TAGS = ("network", "backup", "billing", "helpdesk")


def tell(name: str, value: float, limit: float | None = None) -> None:
    """One line a figure; a limit is what the value may be at most."""
    if limit is None:
        print(f"bench {name} = {value:.2f}", flush=True)
    else:
        word = "ok" if value <= limit else "over"
        print(f"bench {name} = {value:.2f} (limit {limit:g}) {word}", flush=True)


def side_by_side(times: int, *runs: Callable[[], tuple[float, ...]]) -> list[list[float]]:
    """Each run so often, by turns, so that what else the machine does meets all alike; the medians of what they gave."""
    given: list[list[tuple[float, ...]]] = [[] for _ in runs]
    for run in runs:  # the first time reads files that later times find in memory
        run()
    for _ in range(times):
        for run, values in zip(runs, given, strict=True):
            values.append(run())
    return [[statistics.median(column) for column in zip(*values, strict=True)] for values in given]


def fill(home: Home, tenant: Tenant, count: int) -> list[str]:
    """A home with that many profiles, each with the result of a check. Their UUIDs; the first alone has a secret."""
    home.add(tenant, "cloud", "Contoso 0")
    expect(home, "Contoso 0", "ok", 0)
    document = json.loads(home.profiles.read_text())
    first = document["profiles"][0]
    for number in range(1, count):
        document["profiles"].append(
            dict(
                first,
                id=str(uuid.uuid4()),
                name=f"{NAMES[number % len(NAMES)]} {number}",
                environment=ENVIRONMENTS[number % len(ENVIRONMENTS)],
                tags=[TAGS[number % len(TAGS)]],
            )
        )
    home.profiles.write_text(json.dumps(document))
    ids = [profile["id"] for profile in document["profiles"]]
    file = home.path / "state" / "psa-connections" / "history.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as history, history:
        *row, result = history.execute(
            "SELECT revision, checked_at, cause, duration_ms, result FROM results"
        ).fetchone()
        assert ids[0] in result
        for other in ids[1:]:
            added = history.execute(
                "INSERT INTO results (profile, revision, checked_at, cause, duration_ms, result)"
                " VALUES (?, ?, ?, ?, ?, ?)", (other, *row, result.replace(ids[0], other)),
            )  # fmt: skip
            history.execute("INSERT INTO latest VALUES (?, ?)", (other, added.lastrowid))
    return ids
