#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-import.py PSACTL PSA-PRACTICE

How long psactl takes to import two hundred profiles with their passwords, as a ratio to storing as many secrets by
libsecret alone in the same keyring. No more, since the keyring writes its whole file at every one of them.
"""

import json
import time
import uuid

import gi

gi.require_version("Secret", "1")
from gi.repository import Secret  # noqa: E402

from place import SCHEMA, Home, side_by_side, tell  # noqa: E402

COUNT = 200
CLIENT_ID = "3f2b8c1e-5a6d-4e7f-9b0c-1d2e3f4a5b6c"


def forget(ids: list[str]) -> None:
    """A keyring gets slower with what it holds: each run finds it empty."""
    for secret in ids:
        Secret.password_clear_sync(SCHEMA, {"id": secret}, None)


def bare() -> tuple[float]:
    ids = [str(uuid.uuid4()) for _ in range(COUNT)]
    begun = time.monotonic()
    for secret in ids:
        Secret.password_store_sync(SCHEMA, {"id": secret}, None, secret, "password of a benchmark", None)
    taken = time.monotonic() - begun
    forget(ids)
    return (taken,)


def ours() -> tuple[float]:
    home = Home()
    table = "name,hostname,username,client id,password\n" + "".join(
        f"Tenant {n},cw{n}.example.com,contoso+key{n},{CLIENT_ID},password of a benchmark\n" for n in range(COUNT)
    )
    begun = time.monotonic()
    done = home.run("import", "-", stdin=table)
    taken = time.monotonic() - begun
    document = json.loads(home.profiles.read_text())
    assert done.returncode == 0 and len(document["profiles"]) == COUNT, done.stderr
    forget([each["id"] for each in document["profiles"] + document["integrations"]])
    home.folder.cleanup()
    return (taken,)


libsecret_at, ours_at = side_by_side(1, bare, ours)
tell(f"import-{COUNT}-to-libsecret", ours_at[0] / libsecret_at[0], 1.5)
