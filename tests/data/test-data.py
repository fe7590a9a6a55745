#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What a desktop sees of the program, held against the rules: prints TAP."""

import argparse
import configparser
import datetime
import json
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path

# The widest that the sandbox may ever be; files come in by portal, secrets by the Secret portal.
PERMISSIONS = {
    "--share=network",
    "--share=ipc",
    "--socket=wayland",
    "--socket=fallback-x11",
    "--device=dri",
}
TAGGED = {".c", ".h", ".blp", ".build", ".options", ".py", ".sh", ".svg", ".in", ".xml", ".css"}
TRANSLATED = re.compile(r"""\b(?:N?C?_|n?gettext|d?p?gettext2?|ngettext|Q_)\s*\(\s*['"]""")
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
SVG = "{http://www.w3.org/2000/svg}"


class Skip(Exception):
    """A check that this machine cannot make; the text is the reason."""


class Context:
    """Where things are, from the command line."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self.source: Path = arguments.source
        self.build: Path = arguments.build
        self.id: str = arguments.id
        self.version: str = arguments.version
        self.bindir: str = arguments.bindir
        self.data = self.build / "data"

    def tree(self) -> Iterator[Path]:
        """Every file of the project; in a checkout those that git keeps, else all but build folders."""
        if (self.source / ".git").exists() and shutil.which("git"):
            command = ["git", "-c", "safe.directory=*", "-C", str(self.source), "ls-files", "-z"]
            listed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
            paths = [self.source / name for name in listed.split("\0") if name]
            yield from (path for path in paths if path.is_file())
            return
        for path in sorted(self.source.rglob("*")):
            parts = path.relative_to(self.source).parts
            skipped = parts[0] == "build" or any(part.startswith((".", "_")) for part in parts[:-1])
            if path.is_file() and not skipped:
                yield path


def run_quiet(*command: str, folder: str | None = None) -> None:
    """Runs a validator, to which every word it says is a fault: warnings are fatal."""
    if shutil.which(command[0]) is None:
        raise Skip(f"{command[0]} is not installed")
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)
    said = (done.stdout + done.stderr).strip()
    assert done.returncode == 0, f"{command[0]} ended with {done.returncode}: {said}"
    assert not re.search(r"warning|hint|error", said, re.IGNORECASE), said


def read_keys(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser


def check_desktop(context: Context) -> None:
    path = context.data / f"{context.id}.desktop"
    run_quiet("desktop-file-validate", str(path))
    keys = read_keys(path)
    entry = keys["Desktop Entry"]
    assert entry["Icon"] == context.id, entry["Icon"]
    assert entry["Exec"].split()[0] == "psa-connections", entry["Exec"]
    assert entry["DBusActivatable"] == "true"
    assert entry["StartupNotify"] == "true"
    assert entry["Keywords"].endswith(";") and entry["Keywords"].count(";") >= 3
    assert entry["Name"] == "PSA Connections" and not entry["Comment"].endswith(".")
    assert entry["Terminal"] == "false"
    # For desktops that do not ask the bus themselves.
    for action in entry["Actions"].split(";")[:-1]:
        command = keys[f"Desktop Action {action}"]["Exec"]
        assert command == f"gapplication action {context.id} {action}", command


def check_metainfo(context: Context) -> None:
    path = context.data / f"{context.id}.metainfo.xml"
    run_quiet("appstreamcli", "validate", "--no-net", "--strict", "--explain", str(path))
    root = ET.parse(path).getroot()

    def text(name: str) -> str:
        return root.findtext(name, default="")

    assert root.get("type") == "desktop-application", root.get("type")
    assert text("id") == context.id, text("id")
    assert text("metadata_license") == "CC0-1.0"
    assert text("project_license") == "GPL-3.0-or-later"
    assert text("launchable") == f"{context.id}.desktop", text("launchable")
    assert len(text("name")) < 20 and "ConnectWise" not in text("name")
    assert 10 <= len(text("summary")) <= 35, f"{len(text('summary'))} characters"
    words = text("summary").lower().split()
    assert not text("summary").endswith((".", "!")) and text("summary")[0].isupper()
    assert not {"a", "an", "the", "app", "application", "gtk", "gnome"} & set(words), words
    assert not set(text("name").lower().split()) & set(words), "the summary repeats the name"
    check_description(root)
    assert root.find("developer[@id]/name") is not None
    assert root.find("translation[@type='gettext']") is not None
    assert root.find("content_rating[@type='oars-1.1']") is not None
    lengths = [(item.get("compare"), item.text) for item in root.findall("requires/display_length")]
    assert lengths == [("ge", "360")], lengths
    # Each of these has tests or was tried: by keys alone, with a pointer, with an on-screen keyboard at 360 px.
    controls = {item.text for item in root.findall("supports/control")}
    assert controls == {"keyboard", "pointing", "touch"}, controls
    assert not root.findall("requires/control") and not root.findall("recommends/control")
    colours = {color.get("scheme_preference"): color.text or "" for color in root.iter("color")}
    assert set(colours) == {"light", "dark"} and len(set(colours.values())) == 2, colours
    for colour in colours.values():
        parts = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        assert max(parts) - min(parts) >= 48, f"{colour} is grey"
    assert {url.get("type") for url in root.iter("url")} >= {
        "homepage",
        "bugtracker",
        "vcs-browser",
        "translate",
        "contribute",
    }
    releases = list(root.iter("release"))
    assert releases[0].get("version") == context.version, releases[0].get("version")
    for release in releases:
        date = datetime.date.fromisoformat(release.get("date", ""))
        assert date <= datetime.date.today(), f"{date} is in the future"
        notes = " ".join("".join(release.itertext()).split())
        assert 2 <= len(re.findall(r"[.!?](?: |$)", notes)) <= 5, f"not some sentences: {notes}"
        assert not re.search(r"bug ?fix|improvements|various", notes, re.IGNORECASE), notes


def check_description(root: ET.Element) -> None:
    """Some paragraphs of a few lines each, as a software centre breaks them, and few bullets."""
    description = root.find("description")
    assert description is not None
    whole = [item for item in description.iter() if LANG not in item.attrib]
    lines = [len(" ".join((item.text or "").split())) / 80 for item in whole if item.tag == "p"]
    assert 1 <= len(lines) <= 4 and 2 <= sum(lines) <= 6.5, lines
    bullets = ["".join(item.itertext()).strip() for item in whole if item.tag == "li"]
    assert len(bullets) <= 10 and all(len(item) < 120 for item in bullets), bullets


def read_png_size(path: Path) -> tuple[int, int]:
    head = path.read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n", f"{path.name} is no PNG"
    return int.from_bytes(head[16:20]), int.from_bytes(head[20:24])


def check_screenshots(context: Context) -> None:
    root = ET.parse(context.data / f"{context.id}.metainfo.xml").getroot()
    screenshots = root.findall("screenshots/screenshot")
    folder = f"/v{context.version}/data/screenshots/"
    assert 3 <= len(screenshots) <= 6, f"{len(screenshots)} screenshots"
    assert [item.get("type") for item in screenshots].count("default") == 1
    named = set()
    for item in screenshots:
        caption = item.findtext("caption", default="")
        assert 10 <= len(caption) <= 70 and caption[0].isupper(), f"caption: {caption}"
        assert not re.search(r"[.!]", caption), f"not one sentence, or with a full stop: {caption}"
        image = item.find("image")
        assert image is not None and image.text and folder in image.text, "not of this release's tag"
        path = context.source / "data" / "screenshots" / image.text.rsplit("/", 1)[1]
        named.add(path.name)
        width, height = read_png_size(path)
        assert (str(width), str(height)) == (image.get("width"), image.get("height")), path.name
        assert width <= 1000 and height <= 700 and 1.5 < width / height < 1.9, f"{width}×{height}"
        assert path.stat().st_size < 300_000, f"{path.name}: {path.stat().st_size} bytes"
    kept = {path.name for path in (context.source / "data" / "screenshots").glob("*.png")}
    assert kept == named, f"named: {sorted(named)}; kept: {sorted(kept)}"


def check_schema(context: Context) -> None:
    run_quiet("glib-compile-schemas", "--strict", "--dry-run", str(context.data))
    schema = ET.parse(context.data / f"{context.id}.gschema.xml").find("schema")
    assert schema is not None and schema.get("id") == context.id
    for key in schema.iter("key"):
        assert key.findtext("summary"), f"{key.get('name')} has no summary"
        if key.get("type") in ("i", "u", "d"):
            assert key.find("range") is not None, f"{key.get('name')} has no range"


def check_service(context: Context) -> None:
    service = read_keys(context.data / f"{context.id}.service")["D-BUS Service"]
    assert service["Name"] == context.id, service["Name"]
    want = f"{context.bindir}/psa-connections --gapplication-service"
    assert service["Exec"] == want, service["Exec"]


def check_icons(context: Context) -> None:
    for name, side in (("psa-connections.svg", "128"), ("psa-connections-symbolic.svg", "16")):
        root = ET.parse(context.source / "data" / "icons" / name).getroot()
        assert root.get("viewBox") == f"0 0 {side} {side}", f"{name}: {root.get('viewBox')}"
        assert (root.get("width"), root.get("height")) == (side, side), name
        tags = {element.tag for element in root.iter()}
        for refused in ("filter", "image", "text", "style", "script"):
            assert f"{SVG}{refused}" not in tags, f"{name} holds a <{refused}>"
        if side == "16":
            # A theme colours the shape: one fill, by path alone.
            assert tags == {f"{SVG}svg", f"{SVG}path"}, tags


def check_installed(context: Context) -> None:
    done = subprocess.run(
        ["meson", "introspect", "--install-plan", str(context.build)],
        capture_output=True,
        text=True,
        check=True,
    )
    plan = {
        item["destination"].replace("{datadir}", "share").replace("{prefix}/", "")
        for group in json.loads(done.stdout).values()
        for item in group.values()
    }
    for wanted in (
        f"share/applications/{context.id}.desktop",
        f"share/metainfo/{context.id}.metainfo.xml",
        f"share/dbus-1/services/{context.id}.service",
        f"share/glib-2.0/schemas/{context.id}.gschema.xml",
        f"share/icons/hicolor/scalable/apps/{context.id}.svg",
        f"share/icons/hicolor/symbolic/apps/{context.id}-symbolic.svg",
        "share/licenses/psa-connections/COPYING",
    ):
        assert wanted in plan, f"{wanted} is not installed; planned: {sorted(plan)}"


def check_manifest(context: Context) -> None:
    paths = list((context.source / "flatpak").glob("*.json"))
    assert len(paths) == 1, paths
    text = paths[0].read_text(encoding="utf-8")
    manifest = json.loads(text)
    application = context.id.removesuffix(".Devel")
    assert manifest["id"] == application == paths[0].stem, manifest["id"]
    assert manifest["runtime"] == "org.gnome.Platform" and manifest["runtime-version"] == "50"
    assert manifest["sdk"] == "org.gnome.Sdk"
    assert manifest["command"] == "psa-connections"
    assert set(manifest["finish-args"]) == PERMISSIONS, manifest["finish-args"]
    (module,) = manifest["modules"]
    (source,) = module["sources"]
    assert source["type"] == "dir" and ".git" in source["skip"], source
    assert "://" not in text, "the build must not need the network"
    assert "build-args" not in text
    with tempfile.TemporaryDirectory() as folder:
        run_quiet("flatpak-builder", "--show-manifest", str(paths[0].resolve()), folder=folder)


def check_tags(context: Context) -> None:
    untagged = []
    for path in context.tree():
        with path.open("rb") as file:
            lines = file.read(4096).splitlines()[:2]
        script = bool(lines) and lines[0].startswith(b"#!")
        if not script and path.suffix not in TAGGED:
            continue
        # Scripts and XML files have a first line that nothing may precede.
        line = lines[-1] if lines and lines[0].startswith((b"#!", b"<?xml")) else b"".join(lines[:1])
        if b"SPDX-License-Identifier: " not in line:
            untagged.append(str(path.relative_to(context.source)))
    assert not untagged, f"no SPDX tag on line 1: {' '.join(untagged)}"


def check_colours(context: Context) -> None:
    """Those of the theme and of the user's accent alone, in whatever look."""
    literal = re.compile(r"#(?:[0-9a-f]{3,4}){1,2}\b|\b(?:rgba?|hsla?|gdk_rgba_parse)\s*\(", re.IGNORECASE)
    sized = re.compile(r"font-size:\s*[\d.]+(?:px|pt)|pango_attr_size|pango_font_description_set_size", re.IGNORECASE)
    files = [path for path in (context.source / "src" / "ui").iterdir() if path.suffix in (".c", ".blp", ".css")]
    assert len(files) > 100, f"only {len(files)} files were found"
    found = []
    for path in sorted(files):
        # No part of an address, and no directive of the preprocessor.
        text = re.sub(r"https?://\S+|^#.*$", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
        found += [f"{path.name}: {match[0]}" for match in (*literal.finditer(text), *sized.finditer(text))]
    assert not found, found


def check_potfiles(context: Context) -> None:
    listed = [
        line
        for line in (context.source / "po" / "POTFILES").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    wanted = set()
    for path in context.tree():
        name = str(path.relative_to(context.source))
        if name.startswith("data/") and name.endswith((".desktop.in", ".xml.in")):
            wanted.add(name)
        elif name.startswith(("src/", "data/help/")) and path.suffix in (".c", ".h", ".blp"):
            if TRANSLATED.search(path.read_text(encoding="utf-8")):
                wanted.add(name)
    assert set(listed) == wanted, (
        f"missing: {sorted(wanted - set(listed))}; too many: {sorted(set(listed) - wanted)}"
    )
    assert listed == sorted(listed), "not in order"
    assert len(listed) == len(set(listed)), "a file is listed twice"


CHECKS: tuple[tuple[str, Callable[[Context], None]], ...] = (
    ("desktop-file", check_desktop),
    ("metainfo", check_metainfo),
    ("screenshots", check_screenshots),
    ("schema", check_schema),
    ("dbus-service", check_service),
    ("icons", check_icons),
    ("installed-under-the-id", check_installed),
    ("manifest", check_manifest),
    ("spdx-tags", check_tags),
    ("colours-and-sizes", check_colours),
    ("potfiles", check_potfiles),
)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", type=Path, required=True)
    parser.add_argument("--build", type=Path, required=True)
    parser.add_argument("--id", required=True)
    parser.add_argument("--version", required=True)
    parser.add_argument("--bindir", required=True)
    context = Context(parser.parse_args())

    failed = 0
    print(f"1..{len(CHECKS)}")
    for number, (name, check) in enumerate(CHECKS, start=1):
        try:
            check(context)
        except Skip as reason:
            print(f"ok {number} - {name} # SKIP {reason}")
        except Exception as error:  # pylint: disable=broad-exception-caught
            failed += 1
            print(f"not ok {number} - {name}")
            print("\n".join(f"# {line}" for line in f"{type(error).__name__}: {error}".splitlines()))
        else:
            print(f"ok {number} - {name}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
