#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What goes out of psactl and comes in, with a real keyring and no tenant: prints TAP."""

import contextlib
import fcntl
import json
import os
import pty
import shutil
import subprocess
import sys
import termios
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from psactl_fixture import PSACTL, Home, Tenant, expect, run_tests

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


def read_rows(home: Home, path: Path, *words: str) -> list[dict]:
    done = home.run("import", str(path), "--json", *words)
    assert done.returncode == 0, done
    assert CANARY not in done.stdout + done.stderr
    return json.loads(done.stdout)["rows"]


def test_export_and_import_again(home: Home) -> None:
    identity = add(home, "=Contoso, \"IT\"", "--environment", "staging")
    exported = home.run("export", "--all")
    assert exported.returncode == 0 and CANARY not in exported.stdout, exported
    (profile,) = json.loads(exported.stdout)["profiles"]
    assert profile["id"] == identity and "revision" not in profile
    table = home.run("export", "--format", "csv", "--all").stdout
    assert table.splitlines()[1].startswith("\"'=Contoso, \"\"IT\"\"\",staging,cw.example.com,443,")
    for name, text in {"a.json": exported.stdout, "a.csv": table}.items():
        path = home.path / name
        path.write_text(text, newline="")
        assert [r["result"] for r in read_rows(home, path)] == ["same"]
    assert home.run("export").returncode == 2
    assert home.run("export", "--format", "xml", "--all").returncode == 2
    assert home.run("export", "Nobody").returncode == 3


def test_import_secrets(home: Home) -> None:
    """They go to the keyring and to no file; what is wrong is told by its row."""
    path = home.path / "customers.csv"
    quoted = CANARY.replace('"', '""')
    path.write_text(
        "customer;server;company;public key;private key;client id\r\n"
        f'One;cw.example.com;one;k;"{quoted}";{CLIENT_ID}\r\n'
        f'Two;cw.example.com;two;k;"{quoted}";{CLIENT_ID}\r\n'
        "Three;;three;k;;\r\n",
        newline="",
    )
    rows = read_rows(home, path, "--dry-run")
    assert [r["result"] for r in rows] == ["new", "new", "invalid"]
    assert rows[2]["row"] == 3 and rows[2]["reason"]
    assert not home.profiles.exists()
    assert home.run("import", str(path)).stderr.endswith("Delete the file.\n")
    path.unlink()
    document = json.loads(home.profiles.read_text())
    assert [p["name"] for p in document["profiles"]] == ["One", "Two"]
    assert len(document["integrations"]) == 1
    assert CANARY.encode() not in home.read_all()
    # A check gets as far as the keyring lets it: the secret is there.
    path.write_text("hostname,username\ncw.example.com,one+k\n")
    assert [r["result"] for r in read_rows(home, path)] == ["same"]


def test_k3_import_moves_no_secret(home: Home, tenant: Tenant) -> None:
    """[K3]: to another address it goes only once that was typed."""
    identity = home.add(tenant, "ok", "Contoso")
    path = home.path / "moved.csv"
    path.write_text(f"id,name,hostname,username\n{identity},Contoso,localhost:{tenant.port},ok+{tenant.public_key}\n")
    assert [r["imported"] for r in read_rows(home, path)] == [False]
    assert [r["imported"] for r in read_rows(home, path, "--replace")] == [True]
    assert list(home.profiles.parent.glob("backups/before-import-*.json"))
    assert home.run("trust", "Contoso", "--sha256", tenant.sha256).returncode == 0
    expect(home, "Contoso", "secret-missing", 9)
    assert home.run("edit", "Contoso", "--name", "Contoso IT").returncode == 0
    expect(home, "Contoso IT", "secret-missing", 9)
    assert home.run("edit", "Contoso IT", "--hostname", f"localhost:{tenant.port}").returncode == 0
    expect(home, "Contoso IT", "ok", 0)


def test_edit(home: Home, tenant: Tenant) -> None:
    home.add(tenant, "ok", "Contoso")
    done = home.run("edit", "Contoso", "--environment", "sandbox", "--api-version", "2025.1")
    assert done.returncode == 0, done
    (profile,) = json.loads(home.run("show", "Contoso", "--json").stdout)["profiles"]
    assert (profile["environment"], profile["apiVersion"]) == ("sandbox", "2025.1")
    expect(home, "Contoso", "ok", 0)
    assert home.run("edit", "Contoso", "--hostname", "user@host").returncode == 2
    assert home.run("edit", "Contoso", "--integration", "None").returncode == 3
    assert home.run("edit", "Nobody", "--name", "x").returncode == 3
    expect(home, "Contoso", "ok", 0)


def test_replace_key(home: Home, tenant: Tenant) -> None:
    """The old one stays until the new one has passed."""
    home.add(tenant, "ok", "Contoso")
    done = home.run("replace-key", "Contoso", stdin=CANARY)
    assert done.returncode == 4 and "the old one stays" in done.stderr, done
    assert CANARY not in done.stdout + done.stderr
    expect(home, "Contoso", "ok", 0)
    home.add(tenant, "ok-sparse", "Wrong", password="not-the-key")
    expect(home, "Wrong", "keys-rejected", 4)
    assert home.run("replace-key", "Wrong", stdin=tenant.private_key + "\n").returncode == 0
    expect(home, "Wrong", "ok", 0)
    assert home.run("replace-key", "Nobody", stdin="x").returncode == 3


def export_secrets(home: Home, typed: str | None, stdout: int = subprocess.PIPE) -> tuple[int, str, str, str]:
    """At a terminal of its own that types, or with None at no terminal: status, output, errors, what was asked."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [PSACTL, "export", "--all", "--with-secrets"],
        stdin=subprocess.DEVNULL, stdout=slave if stdout == -2 else stdout, stderr=subprocess.PIPE, text=True,
        env=home.environment, start_new_session=True,
        preexec_fn=(lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0)) if typed is not None else None,
    )  # fmt: skip
    asked = b""
    if typed is not None and stdout == subprocess.PIPE:
        while b"to go on: " not in asked:
            asked += os.read(master, 1024)
        os.write(master, typed.encode() + b"\n")
    output, errors = process.communicate(timeout=60)
    os.close(slave)
    os.close(master)
    return process.returncode, output or "", errors, asked.decode()


def test_export_with_secrets(home: Home, tenant: Tenant) -> None:
    """Only into a pipe, only if somebody at a terminal says so; on the other side the keyring has them at once."""
    identity = home.add(tenant, "ok", "Contoso")
    elsewhere = home.add(tenant, "ok-sparse", "Moved", password="of-another-host")
    odd = add(home, "Odd")
    path = home.path / "moved.csv"
    path.write_text(f"id,name,hostname,username\n{elsewhere},Moved,localhost:{tenant.port},ok-sparse+k\n")
    assert [r["imported"] for r in read_rows(home, path, "--replace")] == [True]

    for typed, kind, piece in ((None, subprocess.PIPE, "there is none"), ("x", -2, "would show every password"),
                               ("yes", subprocess.PIPE, "not confirmed")):  # fmt: skip
        status, output, errors, _ = export_secrets(home, typed, kind)
        assert (status, output) == (2, "") and piece in errors, (status, errors)
    with (home.path / "file").open("w+") as file:
        status, _, errors, _ = export_secrets(home, "x", file.fileno())
        assert status == 2 and "keep every password in plain text" in errors and not file.read(), errors
    assert home.run("export", "--all", "--with-secrets", "--format", "csv").returncode == 2
    shown = home.run("export", "--help").stdout
    assert "| age --recipient" in shown and "| gpg --encrypt" in shown and "| psactl import -" in shown

    status, output, errors, asked = export_secrets(home, "export secrets")
    assert status == 0 and "whoever reads this pipe" in asked, (status, errors)
    assert "Moved: The password was entered for another address" in errors, errors
    assert tenant.private_key not in errors + asked and "of-another-host" not in output + errors
    profiles = {p["name"]: p for p in json.loads(output)["profiles"]}
    assert profiles["Contoso"]["password"] == tenant.private_key
    assert profiles["Contoso"]["clientId"] == tenant.client_id and "password" not in profiles["Moved"]
    assert profiles["Odd"]["password"] == CANARY

    assert home.run("remove", identity, elsewhere, odd).returncode == 0
    other = Home()
    done = other.run("import", "-", stdin=output)
    assert done.returncode == 0 and "in the keyring now." in done.stderr and "Delete" not in done.stderr, done
    assert tenant.private_key.encode() not in other.read_all()
    assert other.run("trust", "Contoso", "--sha256", tenant.sha256).returncode == 0
    expect(other, "Contoso", "ok", 0)
    assert other.run("remove", "Contoso", "Moved", "Odd").returncode == 0
    other.folder.cleanup()


# Takes the words that the help gives and no other; what it writes looks like nothing that was read.
STAND_IN = """#!{python}
import base64, sys
if sys.argv[1:] == {out}:
    sys.stdout.buffer.write(base64.b85encode(sys.stdin.buffer.read())[::-1])
elif sys.argv[1:] == {back}:
    sys.stdout.buffer.write(base64.b85decode(open(sys.argv[-1], "rb").read()[::-1]))
else:
    sys.exit("What is " + " ".join(sys.argv))
"""
WORDS = {
    "age": ("--recipient RECIPIENT", "--decrypt --identity KEYFILE profiles.age"),
    "gpg": ("--encrypt --recipient RECIPIENT", "--decrypt profiles.gpg"),
}


def prepare_ciphers(home: Home) -> None:
    """The folder in which the lines are run. gpg is the real one, with a key of that name; age, of which there is none
    where tests run, is a stand-in, and so is gpg where that is not there."""
    tools, keys = home.path / "tools", home.path / "keys"
    tools.mkdir()
    keys.mkdir(mode=0o700)
    home.environment |= {
        "PATH": f"{tools}:{Path(PSACTL).resolve().parent}:{home.environment['PATH']}", "GNUPGHOME": str(keys),
    }  # fmt: skip
    for name in ("age",) if shutil.which("gpg-agent") else ("age", "gpg"):
        out, back = (words.split() for words in WORDS[name])
        (tools / name).write_text(STAND_IN.format(python=sys.executable, out=out, back=back))
        (tools / name).chmod(0o755)
    if shutil.which("gpg-agent"):
        subprocess.run(
            ["gpg", "--batch", "--quiet", "--passphrase", "", "--quick-generate-key", "RECIPIENT", "default", "default"],
            env=home.environment, check=True, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def type_line(home: Home, folder: Path, line: str) -> tuple[str, str]:
    """A line of the help, as it stands, in a shell at a terminal: what it printed and what came to the terminal."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        ["sh", "-c", line], cwd=folder, stdin=slave, stdout=subprocess.PIPE, stderr=slave, text=True,
        env=home.environment, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(slave, termios.TIOCSCTTY, 0),
    )  # fmt: skip
    os.close(slave)
    shown = b""
    while b"to go on: " not in shown and "psactl export" in line:
        shown += os.read(master, 1024)
    os.write(master, b"export secrets\n")
    output, _ = process.communicate(timeout=60)
    with contextlib.suppress(OSError):  # the end of a terminal
        while piece := os.read(master, 1024):
            shown += piece
    os.close(master)
    assert process.returncode == 0, (line, output, shown)
    return output, shown.decode()


def test_move_to_a_new_computer(home: Home, tenant: Tenant) -> None:
    """Each line of the help is typed as it stands: nothing is lost, and nothing is to be read on the way."""
    prepare_ciphers(home)
    lines = [line.strip() for line in home.run("export", "--help").stdout.splitlines()]
    out = [line for line in lines if line.startswith("psactl export --all --with-secrets | ")]
    back = [line for line in lines if line.endswith(" | psactl import -")]
    assert [line.split(" | ")[1].split()[0] for line in out] == ["age", "gpg"], lines
    assert [line.split()[0] for line in back] == ["age", "gpg"], lines
    try:
        for there, here in zip(out, back, strict=True):
            identity = home.add(tenant, "ok", "Contoso")
            type_line(home, home.path, there)
            written = home.path / there.split(" > ")[1]
            assert written.stat().st_size > 0 and tenant.private_key.encode() not in home.read_all()
            assert home.run("remove", identity).returncode == 0

            other = Home()
            other.environment |= {name: home.environment[name] for name in ("PATH", "GNUPGHOME")}
            output, shown = type_line(other, home.path, here)
            assert "Contoso" in output and tenant.private_key not in output + shown, (output, shown)
            assert tenant.private_key.encode() not in other.read_all()
            assert other.run("trust", "Contoso", "--sha256", tenant.sha256).returncode == 0
            expect(other, "Contoso", "ok", 0)
            assert other.run("remove", identity).returncode == 0
            other.folder.cleanup()
    finally:
        if shutil.which("gpgconf"):
            subprocess.run(["gpgconf", "--kill", "all"], env=home.environment, check=True)


def test_f5_many_programs(home: Home) -> None:
    """[F5]: all write at once, and nobody's change is lost."""
    names = [f"Tenant {i}" for i in range(4)]
    add(home, "First")
    with ThreadPoolExecutor(len(names)) as pool:
        list(pool.map(lambda name: add(home, name, host=f"cw{name[-1]}.example.com"), names))
        done = pool.map(lambda name: home.run("edit", name, "--environment", "sandbox"), names)
        assert [d.returncode for d in done] == [0] * len(names)
    profiles = json.loads(home.profiles.read_text())["profiles"]
    kept = {p["name"]: p["environment"] for p in profiles}
    assert kept == {"First": "production"} | dict.fromkeys(names, "sandbox")


TESTS = [test_f5_many_programs, test_copy_as, test_export_and_import_again, test_import_secrets]
AT_A_TENANT = [test_k3_import_moves_no_secret, test_edit, test_replace_key, test_export_with_secrets,
               test_move_to_a_new_computer]  # fmt: skip

if __name__ == "__main__":
    at_a_tenant = sys.argv[3:] == ["tenant"]
    sys.exit(run_tests(AT_A_TENANT, Tenant) if at_a_tenant else run_tests(TESTS, None))
