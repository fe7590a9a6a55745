#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""psactl as a person at a terminal uses it, against practice tenants and a real keyring: prints TAP."""

import base64
import html
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import unicodedata
import urllib.parse
from pathlib import Path

from psactl_fixture import PSACTL, Home, Tenant, expect, run_tests

CANARY = "canary-Zq8/+&\"x"


def test_add_list_show(home: Home, tenant: Tenant) -> None:
    identity = home.add(tenant, "ok", "Contoso IT", "--environment", "staging")
    profiles = json.loads(home.run("list", "--json").stdout)
    assert profiles["schema"] == 1
    (profile,) = profiles["profiles"]
    assert set(profile) == {
        "id", "name", "environment", "hostname", "port", "apiVersion", "integration", "username",
        "tags", "state", "cause", "checkedAt",
    }  # fmt: skip
    assert profile["id"] == identity
    assert profile["name"] == "Contoso IT"
    assert profile["environment"] == "staging"
    assert (profile["hostname"], profile["port"]) == ("127.0.0.1", tenant.port)
    assert profile["integration"] == "…" + tenant.client_id[-4:]
    assert (profile["state"], profile["cause"]) == ("not-checked", "never-checked")
    assert profile["checkedAt"] is None
    assert json.loads(home.run("show", identity, "--json").stdout)["profiles"] == [profile]
    assert "Contoso IT" in home.run("show", "Contoso IT").stdout
    assert "Contoso IT" in home.run("list").stdout


def test_list_has_columns(home: Home, tenant: Tenant) -> None:
    """They stand below each other for the eye: a letter may take two places of a terminal, a mark none."""
    for name in ("Contoso", "日本の会社", "Cafe\u0301", "نص", "x" * 50):
        home.add(tenant, "ok", name)
    home.add(tenant, "ok", "Old", "--trust-sha256", tenant.sha256, "--api-version", "2021.1")
    assert home.check("Old")[1][0]["state"] == "warning"  # the longest word for a state
    columns = {}
    for line in home.run("list").stdout.splitlines():
        before, _, after = line.partition("ok@")
        assert after.startswith("127.0.0.1"), line
        wide = sum(unicodedata.east_asian_width(letter) == "W" for letter in before)
        marks = sum(unicodedata.combining(letter) > 0 for letter in before)
        columns[before.strip().split("  ")[-1]] = len(before) + wide - marks
    assert len(columns) == 6, columns
    long = next(name for name in columns if "xx" in name)
    assert columns.pop(long) > max(columns.values()), columns
    assert len(set(columns.values())) == 1, columns


def test_integration_is_shared(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "One")
    home.add(tenant, "ok-sparse", "Two")
    document = json.loads(home.profiles.read_text())
    (integration,) = document["integrations"]
    assert {p["integration"] for p in document["profiles"]} == {integration["id"]}
    done = home.run(
        "add", "--name", "Three", "--hostname", tenant.host, "--username", "ok+other",
        "--integration", integration["name"], stdin="secret",
    )  # fmt: skip
    assert done.returncode == 0, done
    assert len(json.loads(home.profiles.read_text())["integrations"]) == 1


def test_twin_is_warned_about(home: Home, tenant: Tenant) -> None:
    first = home.add(tenant, "ok", "One")
    done = home.run(
        "add", "--name", "Two", "--hostname", tenant.host,
        "--username", f"ok+{tenant.public_key}", "--client-id", tenant.client_id, stdin="x",
    )  # fmt: skip
    assert done.returncode == 0
    assert first in done.stderr


def test_check_good(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Good")
    result = expect(home, "Good", "ok", 0)
    assert result["state"] == "connected"
    assert set(result["message"]) == {"what", "why", "next"}
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", result["checkedAt"])
    assert [s["stage"] for s in result["stages"]] == [
        "address", "proxy", "resolve", "connect", "tls", "company", "sign-in", "proof", "version",
    ]  # fmt: skip
    passed = {s["stage"] for s in result["stages"] if s["result"] == "passed"}
    assert {"connect", "tls", "company", "sign-in", "proof", "version"} <= passed
    assert result["tenant"]["version"] == "2025.1"
    (profile,) = json.loads(home.run("list", "--json").stdout)["profiles"]
    assert (profile["state"], profile["checkedAt"]) == ("connected", result["checkedAt"])


def test_check_exit_codes(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Good")
    home.add(tenant, "ok", "Wrong keys", password="not-the-key")
    home.add(tenant, "no-right", "No right")
    home.add(tenant, "unknown-company-404", "Unknown")
    home.add(tenant, "rate-limited", "Busy")
    expect(home, "Wrong keys", "keys-rejected", 4)
    expect(home, "No right", "not-permitted", 5)
    expect(home, "Unknown", "unknown-company", 6)
    expect(home, "Busy", "rate-limited", 8)
    code, results = home.check("Good", "Busy", "Unknown")
    assert [r["name"] for r in results] == ["Good", "Busy", "Unknown"]
    assert code == 6
    code, results = home.check("--all")
    assert (code, len(results)) == (4, 5)


def test_unreachable(home: Home, tenant: Tenant) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        done = home.run(
            "add", "--name", "Gone", "--hostname", f"127.0.0.1:{unused.getsockname()[1]}",
            "--username", "ok+key", "--client-id", tenant.client_id, stdin="x",
        )  # fmt: skip
        assert done.returncode == 0, done
        expect(home, "Gone", "connection-refused", 7)


def test_trust(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Own", "--api-version", "2025.1")
    result = expect(home, "Own", "certificate-untrusted", 6)
    assert tenant.sha256 in json.dumps(result).lower().replace(":", "")
    assert home.run("trust", "Own", "--sha256", "ab").returncode == 2
    assert home.run("trust", "Own").returncode == 2
    assert home.run("trust", "Own", "--sha256", "0" * 64).returncode == 0
    expect(home, "Own", "certificate-changed", 6)
    assert home.run("trust", "Own", "--sha256", tenant.sha256.upper()).returncode == 0
    expect(home, "Own", "ok", 0)
    assert home.run("trust", "Own", "--forget").returncode == 0
    expect(home, "Own", "certificate-untrusted", 6)


def test_trust_is_never_for_the_vendor(home: Home, tenant: Tenant) -> None:
    words = (
        "add", "--name", "Cloud", "--hostname", "api-na.myconnectwise.net",
        "--username", "ok+key", "--client-id", tenant.client_id,
    )  # fmt: skip
    done = home.run(*words, "--trust-sha256", tenant.sha256, stdin="x")
    assert done.returncode == 2 and "--trust-sha256" in done.stderr, done
    assert home.run(*words, stdin="x").returncode == 0
    assert home.run("trust", "Cloud", "--sha256", tenant.sha256).returncode == 2


def test_remove(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "One")
    home.add(tenant, "ok-sparse", "Two")
    assert home.run("remove", "One", "Nobody").returncode == 3
    assert len(json.loads(home.run("list", "--json").stdout)["profiles"]) == 2
    assert count_secrets(home) == 3
    assert home.run("remove", "One").returncode == 0
    assert count_secrets(home) == 2
    assert home.run("remove", "Two").returncode == 0
    assert count_secrets(home) == 0
    assert json.loads(home.profiles.read_text())["deleted"] == []


def test_remove_leaves_what_others_may_undo(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "One")
    home.add(tenant, "ok-sparse", "Two")
    document = json.loads(home.profiles.read_text())
    two = document["profiles"].pop()
    document["deleted"].append({"id": two["id"], "time": "2026-01-01T00:00:00Z"})
    home.profiles.write_text(json.dumps(document))
    assert home.run("remove", "One").returncode == 0
    assert two["id"] in home.profiles.read_text()
    assert count_secrets(home) == 1
    subprocess.run(
        ["secret-tool", "clear", "id", two["id"]], check=True, env=home.environment, timeout=30
    )


def count_secrets(home: Home) -> int:
    """The items of our schema, as the keyring's own tool finds them."""
    found = subprocess.run(
        ["secret-tool", "search", "--all",
         "xdg:schema", "io.github.psaconnections.PsaConnections.Secret"],
        capture_output=True, text=True, env=home.environment, timeout=30,
    )  # fmt: skip
    return found.stdout.count("schema = ")


def test_secret_missing(home: Home, tenant: Tenant) -> None:
    identity = home.add(tenant, "ok", "Lost")
    subprocess.run(
        ["secret-tool", "clear", "id", identity], check=True, env=home.environment, timeout=30
    )
    expect(home, "Lost", "secret-missing", 9)


def test_no_keyring(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Good")
    home.environment["DBUS_SESSION_BUS_ADDRESS"] = "unix:path=/nonexistent"
    expect(home, "Good", "keyring-unavailable", 9)
    done = home.run(
        "add", "--name", "New", "--hostname", tenant.host, "--username", "ok+key",
        "--client-id", tenant.client_id, stdin="x",
    )  # fmt: skip
    assert done.returncode == 9, done
    assert len(json.loads(home.run("list", "--json").stdout)["profiles"]) == 1


def test_bad_values(home: Home, tenant: Tenant) -> None:
    good = {
        "--name": "N",
        "--hostname": "cw.example.com",
        "--username": "company+key",
        "--client-id": tenant.client_id,
    }
    bad = [
        ("--hostname", ""),
        ("--hostname", "http://cw.example.com"),
        ("--hostname", "user@cw.example.com"),
        ("--hostname", "cw example.com"),
        ("--hostname", "cw.example.com:0"),
        ("--hostname", "cw.example.com:65536"),
        ("--hostname", "cw.exa\x01mple.com"),
        ("--username", "company"),
        ("--username", "+key"),
        ("--username", "company+"),
        ("--client-id", "not-a-guid"),
        ("--environment", "somewhere"),
        ("--api-version", "2025.1\r\nX: y"),
        ("--trust-sha256", "1234"),
    ]
    for option, value in bad:
        words = [word for pair in (good | {option: value}).items() for word in pair]
        done = home.run("add", *words, stdin="secret")
        assert done.returncode == 2, (option, value, done)
        assert option in done.stderr, (option, value, done)
        assert done.stdout == ""
    words = [word for pair in good.items() for word in pair]
    for password in ("", "\n", "two\nlines\n", " blank", "blank \n", "x" * 5000):
        done = home.run("add", *words, stdin=password)
        assert done.returncode == 2, (password, done)
        assert "password" in done.stderr.lower(), done
    assert home.run("add", *words, "--keep-blanks", stdin=" blank\n").returncode == 0
    assert len(json.loads(home.run("list", "--json").stdout)["profiles"]) == 1


def test_usage(home: Home, tenant: Tenant) -> None:
    for words in ((), ("frobnicate",), ("check",), ("check", "--all", "x"), ("show",), ("list", "x"),
                  ("add",), ("remove",), ("check", "--all", "--jobs", "9"), ("list", "--nope")):  # fmt: skip
        done = home.run(*words)
        assert done.returncode == 2 and done.stderr and not done.stdout, (words, done)
    for words in (("--help",), ("add", "--help"), ("check", "--help")):
        done = home.run(*words)
        assert done.returncode == 0 and "psactl" in done.stdout, (words, done)


def test_not_found_and_ambiguous(home: Home, tenant: Tenant) -> None:
    ids = [home.add(tenant, "ok", "Twin"), home.add(tenant, "ok-sparse", "Twin")]
    assert home.run("show", "Nobody").returncode == 3
    assert home.run("check", "Nobody").returncode == 3
    done = home.run("show", "Twin")
    assert done.returncode == 3
    assert all(identity in done.stderr for identity in ids), done
    assert home.run("show", ids[1]).returncode == 0
    assert home.run("check", "--tag", "nobody-has-it").returncode == 3


def test_newer_file(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Kept")
    document = json.loads(home.profiles.read_text())
    document["schema"] = 99
    home.profiles.write_text(json.dumps(document))
    before = home.profiles.read_bytes()
    assert "Kept" in home.run("list").stdout
    done = home.run(
        "add", "--name", "New", "--hostname", tenant.host, "--username", "ok+key",
        "--client-id", tenant.client_id, stdin="x",
    )  # fmt: skip
    assert done.returncode == 10, done
    assert home.run("remove", "Kept").returncode == 10
    assert home.profiles.read_bytes() == before


def test_damaged_file(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Kept")
    home.profiles.write_text('{"schema":1,"profiles":[')
    done = home.run("list")
    assert done.returncode == 10 and done.stderr, done
    aside = [p for p in home.profiles.parent.iterdir() if "damaged" in p.name]
    assert [p.read_text() for p in aside] == ['{"schema":1,"profiles":[']


def forms(secret: str) -> set[bytes]:
    """A secret as a file or an output may hold it."""
    plain = secret.encode()
    return {
        plain,
        json.dumps(secret)[1:-1].encode(),
        urllib.parse.quote(secret, safe="").encode(),
        base64.b64encode(plain),
        plain.hex().encode(),
        html.escape(secret).encode(),
    }


def test_f1_secrets_stay_in_the_keyring(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Canary", password=CANARY)
    done = home.run("check", "--json", "Canary", G_MESSAGES_DEBUG="all")
    json.loads(done.stdout)
    everything = home.read_all() + done.stdout.encode() + done.stderr.encode()
    for secret in (CANARY, tenant.client_id):
        for form in forms(secret):
            assert form not in everything, form
    found = subprocess.run(
        ["secret-tool", "lookup", "id", json.loads(done.stdout)["results"][0]["id"]],
        capture_output=True, text=True, env=home.environment, timeout=30,
    )  # fmt: skip
    assert found.stdout == CANARY
    assert home.profiles.stat().st_mode & 0o777 == 0o600
    assert home.profiles.parent.stat().st_mode & 0o777 == 0o700


def test_report_of_what_came_back(home: Home, tenant: Tenant) -> None:
    """A server that sends back what signed in, in every form, gets none of it into the report."""
    home.add(tenant, "echo", "Echo", password=CANARY)
    done = home.run("diagnose", "Echo", G_MESSAGES_DEBUG="all")
    assert "You sent:" in done.stdout, done
    assert len(done.stdout.encode()) <= 8192
    everything = done.stdout.lower().encode()
    for secret in (CANARY, tenant.client_id, tenant.public_key):
        for form in forms(secret):
            assert form.lower() not in everything, form
    pair = f"echo+{tenant.public_key}:{CANARY}"
    assert base64.b64encode(pair.encode()).decode() not in done.stdout


def test_diagnose(home: Home, tenant: Tenant) -> None:
    identity = home.add(tenant, "ok", "Wrong", password=CANARY)
    done = home.run("diagnose", "Wrong")
    assert done.returncode == 4, done
    assert len(done.stdout.encode()) <= 8192
    for fact in ("keys-rejected", tenant.host, "`ok`", "…" + tenant.public_key[-4:],
                 "…" + tenant.client_id[-4:], tenant.sha256, "| sign-in | failed |", " UTC`"):  # fmt: skip
        assert fact in done.stdout, (fact, done.stdout)
    for secret in (CANARY, tenant.client_id, tenant.public_key):
        assert secret not in done.stdout
    subprocess.run(
        ["secret-tool", "clear", "id", identity], check=True, env=home.environment, timeout=30
    )
    done = home.run("diagnose", "Wrong")
    assert done.returncode == 9 and "secret-missing" in done.stdout, done
    assert home.run("diagnose").returncode == 2
    assert home.run("diagnose", "Nobody").returncode == 3


def test_permissions(home: Home, tenant: Tenant) -> None:
    identity = home.add(tenant, "rights-matrix", "Matrix")
    home.add(tenant, "agreements-only", "Counts")
    home.add(tenant, "keys-401", "Wrong")
    document = json.loads(home.profiles.read_text())
    for profile in document["profiles"]:
        profile["needs"] = ["Finance"]
    home.profiles.write_text(json.dumps(document))

    (found,) = json.loads(home.run("permissions", "--json", "Matrix").stdout)["permissions"]
    assert found["id"] == identity and found["source"] == "role", found
    finance = next(entry for entry in found["modules"] if entry["module"] == "Finance")
    assert finance["needed"] and finance["inquire"] == "None" and finance["readable"] == 0, finance
    (found,) = json.loads(home.run("permissions", "--json", "Counts").stdout)["permissions"]
    assert found["source"] == "counts", found
    assert {"module": "Finance", "right": "Agreements", "inquire": "My or All", "add": None,
            "edit": None, "delete": None} in found["rights"], found  # fmt: skip

    done = home.run("permissions", "Matrix")
    assert done.returncode == 0 and "| Finance | yes | None |" in done.stdout, done
    done = home.run("permissions", "--csv", "Matrix")
    assert done.stdout.startswith("Module,Right,Inquire,Add,Edit,Delete,Needed"), done
    assert "Finance,Agreements,None,None,None,None,yes" in done.stdout, done
    for secret in (tenant.private_key, tenant.client_id, tenant.public_key):
        assert secret not in done.stdout

    done = home.run("permissions", "Wrong")
    assert done.returncode == 4 and done.stdout == "" and "does not accept" in done.stderr, done
    (found,) = json.loads(home.run("permissions", "--json", "Wrong").stdout)["permissions"]
    assert found["cause"] == "keys-rejected", found
    assert home.run("permissions", "--csv", "--json", "Wrong").returncode == 2
    assert home.run("permissions").returncode == 2
    assert home.run("permissions", "Nobody").returncode == 3

    # what is needed and may not be read is a warning of a check
    (found,) = json.loads(home.run("check", "--json", "Matrix").stdout)["results"]
    assert found["cause"] == "role-narrow" and found["state"] == "warning", found
    assert "Finance" in found["message"]["what"], found


def test_interrupt(home: Home, tenant: Tenant) -> None:
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        done = home.run(
            "add", "--name", "Silent", "--hostname", f"127.0.0.1:{silent.getsockname()[1]}",
            "--username", "ok+key", "--client-id", tenant.client_id, stdin="x",
        )  # fmt: skip
        assert done.returncode == 0
        process = subprocess.Popen(
            [PSACTL, "check", "--json", "Silent"],
            env=home.environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        connection, _ = silent.accept()
        began = time.monotonic()
        process.send_signal(signal.SIGINT)
        output, _ = process.communicate(timeout=30)
        connection.close()
    assert process.returncode == 130
    assert time.monotonic() - began < 5
    assert json.loads(output)["results"] == []
    (profile,) = json.loads(home.run("list", "--json").stdout)["profiles"]
    assert profile["cause"] == "never-checked"


def test_json_is_never_translated(home: Home, tenant: Tenant) -> None:
    """In a language that puts brackets around each text, which a person at the terminal reads."""
    pseudo = {"LD_PRELOAD": os.environ["PSA_PSEUDO_LOCALE"]}
    home.add(tenant, "keys-401", "Fabrikam")
    for words in (["list"], ["show", "Fabrikam"], ["check", "Fabrikam"]):
        told = home.run(*words, **pseudo)
        assert "⟦" in told.stdout and "[U+200F]" not in told.stdout, told
        plain = home.run(*words, "--json", **pseudo)
        assert json.loads(plain.stdout) and "⟦" not in plain.stdout, plain
    assert "does not accept these keys" in plain.stdout


ARABIC_MONTHS = "يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر".split()


def test_json_has_no_locale(home: Home, tenant: Tenant) -> None:
    """The months of another language, as in the day on which a certificate ends, are for people alone."""
    home.add(tenant, "ok", "Contoso", "--environment", "staging")
    in_language = Path(__file__).resolve().parent.parent / "ui" / "in-language"

    def explain(*words: str) -> str:
        done = subprocess.run(
            [in_language, "ar_EG", PSACTL, "check", "Contoso", *words],
            env=home.environment,
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 6, done  # nobody trusts the certificate
        return done.stdout

    (result,) = json.loads(explain("--json"))["results"]
    assert result["cause"] == "certificate-untrusted", result
    assert "valid until" in result["message"]["why"] and result["message"]["why"].isascii(), result
    # Whether the sentence around it is English or, where they are installed, that of the translation.
    assert re.search("[0-9]+ (" + "|".join(ARABIC_MONTHS) + ") ", explain())


def main() -> int:
    return run_tests(
        [value for name, value in globals().items() if name.startswith("test_")], Tenant
    )


if __name__ == "__main__":
    sys.exit(main())
