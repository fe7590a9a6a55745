#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The rules of src/README.md, held against the sources: prints TAP."""

import re
import sys
from pathlib import Path

SOURCE = Path(sys.argv[1]) / "src"

# What each folder may include of the others: the arrows of src/README.md, made transitive.
ARROWS = {
    "profile": set(),
    "connect": {"profile"},
    "monitor": {"profile", "connect"},
    "exchange": {"profile", "connect"},
    "ui": {"profile", "connect", "monitor", "exchange"},
    "cli": {"profile", "connect", "monitor", "exchange"},
}

# A library's header, and the only files that may know it.
LIBRARIES = {
    r"<(gtk/|gdk/|gsk/|adwaita\.h)": "ui/",
    r"<libsoup/": r"connect/psa-(client|wire|fault)\.",
    r"<libsecret/": r"profile/psa-(vault|vault-call|vault-direct|vault-items|vault-state|secret)\.",
    r"<sqlite3\.h>": r"monitor/psa-history",
}

# A call that would block the main loop, or a log of secrets.
FORBIDDEN = {
    r"\b(secret_\w+_sync|soup_session_send_and_read|soup_session_send) \(": "a blocking call",
    r"\bSOUP_TYPE_LOGGER\b|\bsoup_logger_new\b": "a logger of requests",
    r"\bg_main_loop_run\b": "a nested main loop",
    r"\bgoto\b": "goto",
    # Colours are the theme's; how large a thing is, its text and its neighbours say.
    r"\bgdk_rgba_parse\b|\bgtk_widget_set_size_request\b": "a colour or a size of its own",
    r"\"#[0-9a-fA-F]{3,8}\"|\brgba?\(|@define-color|[: ]#[0-9a-fA-F]{3,8};": "a colour of its own",
    # What failed is said in place, in a banner or in a toast: a question asks, and has more than one answer.
    r"adw_alert_dialog_(?:new|set_body|set_heading|format_body)[^;]*error->message": "a modal error",
}

MAX_LINES = 600


def read_sources() -> dict[str, str]:
    """Every source below src/, by its path there."""
    return {
        str(path.relative_to(SOURCE)): path.read_text()
        for path in sorted(SOURCE.rglob("*"))
        if path.suffix in {".c", ".h", ".blp", ".css"}
    }


def strip_comments(text: str) -> str:
    return re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.DOTALL)


def check_arrows(sources: dict[str, str]) -> list[str]:
    owners = {Path(path).name: Path(path).parts[0] for path in sources if path.endswith(".h")}
    faults = []
    for path, text in sources.items():
        folder = Path(path).parts[0]
        for name in re.findall(r'#include "([^"]+)"', text):
            owner = owners.get(Path(name).name)
            if owner not in {None, folder} and owner not in ARROWS[folder]:
                faults.append(f"{path} includes {name} of {owner}/")
    return faults


def check_libraries(sources: dict[str, str]) -> list[str]:
    return [
        f"{path} includes {header}"
        for path, text in sources.items()
        for header, home in LIBRARIES.items()
        if re.search(rf"#include {header}", text) and not re.match(home, path)
    ]


def check_forbidden(sources: dict[str, str]) -> list[str]:
    return [
        f"{path} has {what}"
        for path, text in sources.items()
        for pattern, what in FORBIDDEN.items()
        if re.search(pattern, strip_comments(text))
    ]


def check_size(sources: dict[str, str]) -> list[str]:
    return [
        f"{path} has {count} lines"
        for path, text in sources.items()
        if (count := text.count("\n")) > MAX_LINES
    ]


def check_map(sources: dict[str, str]) -> list[str]:
    """Each folder has its paragraph, and each module its word in it."""
    text = (SOURCE / "README.md").read_text()
    faults = [
        f"README.md has no paragraph on {folder}/"
        for folder in sorted({Path(path).parts[0] for path in sources if "/" in path})
        if f"**`{folder}/`**" not in text
    ]
    for path in sources:
        name = Path(path).stem
        if path.endswith(".h") and path.startswith(("profile/", "connect/", "monitor/")):
            if not name.endswith("-private") and f"`{name}`" not in text:
                faults.append(f"README.md does not name {name}")
    return faults


def main() -> int:
    sources = read_sources()
    assert len(sources) > 50, "the sources were not found"
    checks = [check_arrows, check_libraries, check_forbidden, check_size, check_map]
    failed = 0
    print(f"1..{len(checks)}")
    for number, check in enumerate(checks, 1):
        faults = check(sources)
        failed += bool(faults)
        print(f"{'not ok' if faults else 'ok'} {number} {check.__name__}")
        for fault in faults:
            print(f"# {fault}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
