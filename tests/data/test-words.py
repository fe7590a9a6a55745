#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How the words of the program are written, held against the rules: prints TAP.

test-words.py SOURCE
"""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(sys.argv[1])

# Blocks whose texts are titles, buttons or entries of a menu, and the property that holds each.
HEADERS = {
    "title": re.compile(r"Adw\.|\$Psa|Dialog|Page|Group|Row"),
    "label": re.compile(r"^(Button|Gtk\.?Button|ToggleButton|Adw\.ButtonContent|item|submenu|section)\b"),
}
SMALL = set(
    "a an and as at but by for from if in into nor of off on or per so than the to up via with yet".split()
)
NAMES = {"curl", "psactl"}  # written so by whoever made them
TEXT = re.compile(r'^\s*([a-z-]+):\s*C?_\((?:"[^"]*",\s*)?"((?:[^"\\]|\\.)*)"\);?')
OPENS = re.compile(r"^\s*(?:[a-z-]+:\s*)?(\S.*?)\s*\{\s*$")
PLACEHOLDER = re.compile(r"%(?:\d+\$)?[-0-9.*]*(?:l?[sudc]|\.\df)|\{[a-z_0-9]+\}")
# Counts that are the same each time: limits that the code names.
LIMITS = {
    "A part of the hostname is longer than %d characters.",
    "The hostname is longer than %d characters.",
}


def read_blueprints() -> Iterator[tuple[str, str, str, str]]:
    """Each text of a template: where, its block, its property, itself."""
    for path in sorted([*SOURCE.glob("src/ui/*.blp"), *SOURCE.glob("data/help/*.blp")]):
        blocks = [""]
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            match = TEXT.match(line)
            if match:
                yield f"{path.name}:{number}", blocks[-1], match[1], match[2]
            opened = OPENS.match(line)
            if opened:
                blocks.append(opened[1])
            elif line.strip().endswith("{"):
                blocks.append("")
            elif re.match(r"\s*\}", line):
                blocks.pop()


def read_template() -> Iterator[tuple[str, str, list[str], str]]:
    """Each string of the source: itself, its plural, its comments, where it is."""
    files = (SOURCE / "po" / "POTFILES").read_text(encoding="utf-8")
    done = subprocess.run(
        ["xgettext", "--from-code=UTF-8", "--add-comments=Translators:", "--no-wrap", "--output=-"]
        + [f"--keyword={word}" for word in ("_", "N_", "C_:1c,2", "ngettext:1,2")]
        + [line for line in files.splitlines() if line.endswith((".c", ".h", ".blp"))],
        cwd=SOURCE,
        capture_output=True,
        text=True,
        check=True,
    )
    for entry in done.stdout.split("\n\n")[1:]:
        words = dict(re.findall(r'^(msgid|msgid_plural) ((?:".*"\n?)+)', entry, re.MULTILINE))
        texts = {
            name: "".join(re.findall(r'"(.*)"', value)).replace("\\n", "\n").replace('\\"', '"')
            for name, value in words.items()
        }
        where = re.search(r"^#: (\S+)", entry, re.MULTILINE)
        yield (
            texts.get("msgid", ""),
            texts.get("msgid_plural", ""),
            re.findall(r"^#\. (.*)", entry, re.MULTILINE),
            where[1] if where else "",
        )


def is_header(text: str) -> bool:
    """Whether each word of weight begins with a capital; a sentence with a full stop is none."""
    words = re.findall(r"[\w’'-]+", re.sub(r"\([^)]*\)|_(?=\w)|%\w", "", text))
    for at, word in enumerate(words):
        plain = word.split("-")[0]
        if plain in NAMES or not plain[:1].isalpha() or plain[0].isupper():
            continue
        if at in (0, len(words) - 1) or plain not in SMALL:
            return False
    return True


def check_capitals() -> list[str]:
    faults = []
    n_seen = 0
    for where, block, name, text in read_blueprints():
        if name not in HEADERS or not HEADERS[name].search(block) or text.endswith((".", "?")):
            continue
        n_seen += 1
        if not is_header(text):
            faults.append(f"{where}: {block} {name}: {text}")
    assert n_seen > 100, f"only {n_seen} titles, buttons and entries were found"
    return faults


def check_typography() -> list[str]:
    straight = re.compile(r"\.\.\.|\"|(?<=\w)'(?=\w)|``|''| -{1,2} ")
    return [f"{where}: {text}" for text, _, _, where in read_template() if straight.search(text)]


def check_comments() -> list[str]:
    """What a placeholder stands for is said where the text does not: a name in braces says it itself."""
    faults = []
    for text, _, comments, where in read_template():
        plain = re.sub(r"“%s”|: %s$", "", text)  # the name of something, the reason of something
        unnamed = [item for item in PLACEHOLDER.findall(plain) if item[0] == "%"]
        words = re.findall(r"\w{2,}", PLACEHOLDER.sub("", text))
        if unnamed and not comments and (len(unnamed) > 1 or len(words) < 2):
            faults.append(f"{where}: {text}")
    return faults


def check_comments_kept() -> list[str]:
    """xgettext takes the comment that stands right above the line of the string, and no other."""
    kept = " ".join(" ".join(comments) for _, _, comments, _ in read_template())
    faults = []
    for path in sorted([*SOURCE.glob("src/**/*.c"), *SOURCE.glob("src/ui/*.blp")]):
        text = path.read_text(encoding="utf-8")
        ends = r"\*/" if path.suffix == ".c" else r"(?:$|\*/)"
        for found in re.findall(rf"Translators:(.*?){ends}", text, re.DOTALL | re.MULTILINE):
            comment = " ".join(re.sub(r"\n\s*\*", " ", found).split())
            if comment[:50] not in kept:
                faults.append(f"{path.name}: {comment}")
    return faults


def check_whole() -> list[str]:
    """No sentence is put together from parts: a part begins or ends with a blank. What goes before a colon is whole."""
    faults = [
        f"{where}: “{text}”"
        for text, _, _, where in read_template()
        if text != text.strip(" ") and not text.endswith(": ") and re.search(r"\w", text)
    ]
    glued = re.compile(r'(?:g_strconcat|g_strjoin|strcat) \([^;]*\b_\("|_\("[^"]*"\)\s*\+')
    for path in sorted(SOURCE.glob("src/**/*.c")):
        faults += [f"{path.name}: {found}" for found in glued.findall(path.read_text(encoding="utf-8"))]
    return faults


def check_plurals() -> list[str]:
    """A number before the word that it counts asks for ngettext()."""
    counted = re.compile(r"(?:%(?:\d+\$)?[ud]|\{(?:n|count)\}) (?!is\b|was\b|has\b)[a-z]+s\b")
    return [
        f"{where}: {text}"
        for text, plural, _, where in read_template()
        if counted.search(text) and not plural and text not in LIMITS
    ]


def check_formats() -> list[str]:
    """What users read of a date or a number is in the form of their language or locale, none that the code has."""
    by_hand = re.compile(
        r"g_date_time_get_(?:year|month|day\w*|hour|minute)\b|\bstrftime\b|\b(?:asc|c)time\b"
        r'|g_date_time_format \([^,;]+,\s*"(?!%x(?: %X)?")[^"]*"\)'
        r'|(?<!_\()"[^"\n]*%[-0-9.]*[efg][^"\n]*"'
    )
    read = [*SOURCE.glob("src/ui/*.c"), *SOURCE.glob("src/cli/*.c"), *SOURCE.glob("src/connect/psa-message.c")]
    assert len(read) > 50, f"only {len(read)} files were found"
    return [
        f"{path.name}: {found}"
        for path in sorted(read)
        for found in by_hand.findall(path.read_text(encoding="utf-8"))
    ]


def main() -> int:
    checks = [
        check_capitals,
        check_typography,
        check_comments,
        check_comments_kept,
        check_whole,
        check_plurals,
        check_formats,
    ]
    failed = 0
    print(f"1..{len(checks)}")
    for number, check in enumerate(checks, 1):
        faults = check()
        failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} {check.__name__}")
        for fault in faults:
            print("# " + fault.replace("\n", "\\n"))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
