#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each language is whole and well-formed, held against the strings of the source as it is: prints TAP.

test-translations.py PO-FOLDER SOURCE
"""

import gettext
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

LANGUAGES = ("ar", "de", "es", "fr", "nl")  # these are always whole; another may be on its way
PLACEHOLDER = re.compile(r"\{[a-z_0-9]+\}")
# What GLib's own preset for meson tells xgettext, as far as our strings need it.
RIGHT_TO_LEFT = {"ar"}
# A fact in a sentence from right to left stands between FSI and PDI, else a host takes the full stop after it for its
# own; and a mark of the direction comes before one that begins a sentence, else all of it is laid out the other way.
FACT = re.compile(r"(.?)(\{[a-z_0-9]+\}|%(?:\d+\$)?s)(.?)", re.DOTALL)
LETTER = re.compile("[\u0620-\u064a]")
# These are kept, as names in a file or a keyring, and such signs are not to be.
KEPT = {"Copy of %s", "PSA Connections: %s", "PSA Connections: Client ID %s"}
MNEMONIC = re.compile(r"_([^_])")
LABEL = re.compile(r'\s*(?:label|title):\s*(?:C_\("((?:[^"\\]|\\.)*)",\s*|_\()"((?:[^"\\]|\\.)*)"\)')
OPENS = re.compile(r"(?:[a-z-]+:\s*)?(\S.*?)\s*\{$")
# Of these, one takes the place of the other.
IN_TURN = ({"_Connect", "_Cancel"},)
KEYWORDS = ("_", "N_", "C_:1c,2", "NC_:1c,2", "g_dngettext:2,3", "ngettext:1,2")


def run(*command: str, folder: Path | None = None) -> str:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def make_template(source: Path, folder: Path) -> Path:
    """The template of the source as it is now, whatever the one in the folder says."""
    template = folder / "now.pot"
    run(
        "xgettext",
        "--from-code=UTF-8",
        "--add-comments",
        *(f"--keyword={keyword}" for keyword in KEYWORDS),
        "--files-from=po/POTFILES",
        f"--output={template}",
        folder=source,
    )
    return template


def read_messages(file: Path, folder: Path) -> dict[str, list[str]]:
    """Each string of the source with its translation, in all of its forms."""
    compiled = folder / f"{file.stem}.mo"
    run("msgfmt", "--check", f"--output-file={compiled}", str(file))
    with compiled.open("rb") as opened:
        catalogue = gettext.GNUTranslations(opened)._catalog  # pylint: disable=protected-access
    messages: dict[str, list[str]] = {}
    for key, text in catalogue.items():
        messages.setdefault(key[0] if isinstance(key, tuple) else key, []).append(text)
    del messages[""]
    return messages


def isolation_faults(message: str, text: str) -> Iterator[str]:
    """What would be laid out wrongly among letters from right to left."""
    if message in KEPT or not LETTER.search(text):
        return
    facts = list(FACT.finditer(text))
    if any(fact[1] != "\u2068" or fact[3] != "\u2069" for fact in facts):
        yield f"a fact is not between U+2068 and U+2069: {text!r}"
    if facts and facts[0].start() == 0:
        yield f"begins with a fact, not with U+200F: {text!r}"
    if text.count("\u2069") != text.count("\u2066") + text.count("\u2068"):
        yield f"what is isolated does not end: {text!r}"


def read_labels(source: Path) -> dict[str, list[tuple[str, str]]]:
    """The labels with a mnemonic that are seen together, in a level of a menu or on a page: context and text."""
    together: dict[str, list[tuple[str, str]]] = {}
    for path in sorted(source.glob("src/ui/*.blp")):
        blocks = [""]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            label = LABEL.match(line)
            if label and MNEMONIC.search(label[2]):
                in_menu = any(block.startswith("menu ") for block in blocks)
                # The label of a submenu stands among those around it.
                outer = blocks[:-1] if in_menu else blocks
                kinds = ("menu ", "submenu") if in_menu else ("template", "StackPage")
                place = next(block for block in reversed(outer) if block.startswith(kinds))
                together.setdefault(f"{path.name}: {place}", []).append((label[1] or "", label[2]))
            opened = OPENS.match(line.strip())
            if opened:
                blocks.append(f"{opened[1]} ({number})")
            elif line.strip().endswith("{"):
                blocks.append("")
            elif line.strip().startswith("}"):
                blocks.pop()
    assert len(together) > 10, f"labels were found in {len(together)} places alone"
    return together


def mnemonic_faults(
    together: dict[str, list[tuple[str, str]]], catalogue: gettext.NullTranslations
) -> Iterator[str]:
    """Two labels that are seen together and have one key."""
    for place, labels in together.items():
        taken: dict[str, str] = {}
        for context, message in labels:
            text = catalogue.pgettext(context, message) if context else catalogue.gettext(message)
            found = MNEMONIC.search(text)
            key = found[1].lower() if found else text
            other = taken.setdefault(key, message)
            if other != message and {other, message} not in IN_TURN:
                yield f"{place}: {other!r} and {message!r} have the key {key}"


def faults(
    file: Path, template: Path, folder: Path, together: dict[str, list[tuple[str, str]]]
) -> Iterator[str]:
    """What is wrong with a language."""
    if not file.is_file():
        yield "is not there"
        return
    # Says which are missing, empty or fuzzy, and fails.
    compared = subprocess.run(
        ["msgcmp", str(file), str(template)], capture_output=True, text=True, check=False
    )
    if compared.returncode != 0:
        yield compared.stderr.strip()
    for message, texts in read_messages(file, folder).items():
        wanted = set(PLACEHOLDER.findall(message))
        for text in texts:
            if set(PLACEHOLDER.findall(text)) != wanted:
                yield f"other placeholders: {message!r} and {text!r}"
            if ("_" in message) != ("_" in text) and len(message) < 40 and "__" not in message:
                yield f"a mnemonic in one of the two alone: {message!r} and {text!r}"
            if file.stem in RIGHT_TO_LEFT:
                yield from isolation_faults(message, text)
    with (folder / f"{file.stem}.mo").open("rb") as opened:
        yield from mnemonic_faults(together, gettext.GNUTranslations(opened))


def main() -> int:
    po, source = Path(sys.argv[1]).resolve(), Path(sys.argv[2]).resolve()
    failed = 0
    together = read_labels(source)
    print(f"1..{len(LANGUAGES) + 2}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        template = make_template(source, folder)
        for number, language in enumerate(LANGUAGES, start=1):
            told = list(faults(po / f"{language}.po", template, folder, together))
            print(f"{'not ' if told else ''}ok {number} - {language}")
            print("".join(f"# {line}\n" for fault in told for line in fault.splitlines()), end="")
            failed += bool(told)
    listed = [
        line
        for line in (po / "LINGUAS").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    ]
    there = sorted(path.stem for path in po.glob("*.po"))
    fault = listed != there or not set(LANGUAGES) <= set(listed)
    print(f"{'not ' if fault else ''}ok {len(LANGUAGES) + 1} - listed")
    clashes = list(mnemonic_faults(together, gettext.NullTranslations()))
    print(f"{'not ' if clashes else ''}ok {len(LANGUAGES) + 2} - mnemonics of the source")
    print("".join(f"# {clash}\n" for clash in clashes), end="")
    return 1 if failed or fault or clashes else 0


if __name__ == "__main__":
    sys.exit(main())
