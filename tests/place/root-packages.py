#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""root-packages.py PACKAGE…: installs these in a new root that has dpkg, apt and Python. To be run in it, after
root-fetch.sh has begun to fetch them.

dpkg unpacks one package after the other, each with eight processes and two dozen flushes of the disk: most of the time
that a root takes. Here they are unpacked side by side, as they come in, and noted as unpacked; dpkg sets them up. One in
seven has a script for that. The others are noted as installed: they would only have ldconfig run, which is done for all.
"""

import io
import itertools
import multiprocessing
import os
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

ARCHIVES = Path("/var/cache/apt/ahead")
DPKG = Path("/var/lib/dpkg")
LEFT_OUT = ("./usr/share/doc/", "./usr/share/man/")


def parts(package: Path) -> Iterator[tarfile.TarFile]:
    """The two archives in a package, what is for dpkg and what is for the system, each to be read once: deb(5)."""
    with package.open("rb") as file:
        file.seek(len(b"!<arch>\n"))
        while header := file.read(60):
            size = int(header[48:58])
            content = file.read(size + size % 2)
            if not header.startswith(b"debian-binary"):
                yield tarfile.open(fileobj=io.BytesIO(content), mode="r|*")


def unpack(package: Path) -> tuple[str, str]:
    """Unpacks a package; its name among dpkg's files and its part of dpkg's status.

    Configuration files are in place at once: there are none of the user's to keep.
    """
    control, data = parts(package)
    files = {member.name[2:]: (member, control.extractfile(member).read()) for member in control if member.isfile()}
    description = files.pop("control")[1].decode()
    files.pop("conffiles", None)
    fields = dict(line.split(": ", 1) for line in description.splitlines() if line[0] != " " and ": " in line)
    name = fields["Package"]
    if fields.get("Multi-Arch") == "same":
        name += ":" + fields["Architecture"]

    for file, (member, content) in files.items():
        path = DPKG / "info" / f"{name}.{file}"
        path.write_bytes(content)
        path.chmod(member.mode)
    names = []
    for member in data:
        if not member.name.startswith(LEFT_OUT):
            data.extract(member, "/", filter="fully_trusted")
            names.append(member.name[1:] or "/.")
    (DPKG / "info" / f"{name}.list").write_text("".join(name + "\n" for name in names))
    state = "unpacked" if "postinst" in files else "installed"
    return name, description.replace("\n", f"\nStatus: install ok {state}\n", 1) + "\n"


def install_command(*options: str) -> list[str]:
    return ["apt-get", "install", "--yes", "--no-install-recommends", *options, *sys.argv[1:]]


def lines(command: list[str], end: str | None = None) -> Iterator[str]:
    """What a command prints, line by line, to its own end or that of the text; its failure is an error."""
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True) as process:
        for line in process.stdout:
            if line.strip() == end:
                process.kill()
                return
            yield line
    if process.returncode != 0:
        raise subprocess.CalledProcessError(process.returncode, command)


def wanted() -> set[Path]:
    """What is not installed yet of what these need; a line for each begins with an address and a file's name."""
    names = set()
    for line in lines(install_command("--print-uris")):
        if line.startswith("'"):
            names.add(ARCHIVES / line.split()[1])
        else:
            print(line, end="", flush=True)
    return names


def fetch() -> Iterator[Path]:
    """The packages, each as soon as it is there: a fetch was begun while there was no system yet to unpack them in."""
    left = wanted()
    for line in itertools.chain(
        lines(["tail", "--lines=+1", "--follow", str(ARCHIVES / "log")], "the end"),
        lines(install_command("--download-only", "--option", f"Dir::Cache::archives={ARCHIVES}/")),
    ):
        print(line, end="", flush=True)
        there = left & set(ARCHIVES.glob("*.deb"))
        left -= there
        yield from there
    yield from left


def main() -> None:
    quiet = {"stdin": subprocess.DEVNULL, "check": True}
    os.environ["DEBIAN_FRONTEND"] = "noninteractive"

    unpacked = []
    with multiprocessing.get_context("fork").Pool() as pool:
        for name, status in pool.imap_unordered(unpack, fetch()):
            print(f"Unpacking {name}\n", end="", flush=True)  # whole, beside the lines of apt
            unpacked.append((name, status))
    shutil.rmtree(ARCHIVES)
    with (DPKG / "status").open("a") as file:
        file.writelines(status for _, status in unpacked)

    # dpkg runs these before it unpacks; where nothing older is there, they find the same after it.
    for name, _ in unpacked:
        script = DPKG / "info" / f"{name}.preinst"
        if script.exists():
            names = {"DPKG_MAINTSCRIPT_PACKAGE": name.split(":")[0], "DPKG_MAINTSCRIPT_NAME": "preinst"}
            subprocess.run([script, "install"], env=os.environ | names, **quiet)
    subprocess.run(["ldconfig"], **quiet)
    subprocess.run(["dpkg", "--configure", "--pending"], **quiet)


main()
