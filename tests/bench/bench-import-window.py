#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""bench-import-window.py PSACTL PSA-PRACTICE DRIVE-IMPORT

The longest that a window of 1,000 and 10,000 profiles is kept from anything else by a file of as many rows: while it is
compared with the profiles, and while what is new in it is imported. Half of the rows change a profile, half are new.
Milliseconds. No row has a secret, since a keyring takes its time for each and the window waits for it.
"""

import csv
import json
import statistics
import subprocess
import sys
import uuid

from place import Home, Tenant, fill, tell

DRIVE_IMPORT = sys.argv[3]
STALL = 100
TIMES = 3
COLUMNS = ("id", "name", "hostname", "username", "integration", "tags", "notes")


def write_files(home: Home) -> tuple[str, str]:
    kept = json.loads(home.profiles.read_text())["profiles"]
    rows = [
        dict(each, notes="Changed", trust=None)
        if number % 2
        else dict(each, id=str(uuid.uuid4()), hostname=f"cw{number}.example.com", notes="New", trust=None)
        for number, each in enumerate(kept)
    ]
    names = [f"Sync {number}" for number in range(len(rows) // 4)]
    for number, row in enumerate(rows):
        row["integration"] = names[number % len(names)]
    as_json, as_csv = home.path / "rows.json", home.path / "rows.csv"
    as_json.write_text(json.dumps({"schema": 1, "profiles": rows}))
    with as_csv.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(COLUMNS)
        table.writerows([";".join(row[name]) if name == "tags" else row[name] for name in COLUMNS] for row in rows)
    return str(as_json), str(as_csv)


def main() -> None:
    tenant = Tenant()
    for count in (1000, 10000):
        given = []
        for _ in range(TIMES):
            home = Home()
            fill(home, tenant, count)
            done = subprocess.run(
                [DRIVE_IMPORT, *write_files(home)], env=home.environment, stdout=subprocess.PIPE, text=True, check=True
            )
            given.append([float(word) for word in done.stdout.split()])
            home.folder.cleanup()
        json_at, csv_at, import_at = (statistics.median(column) for column in zip(*given, strict=True))
        tell(f"stall-import-json-{count}", json_at, STALL)
        tell(f"stall-import-csv-{count}", csv_at, STALL)
        tell(f"stall-import-save-{count}", import_at, STALL)
    tenant.close()


main()
