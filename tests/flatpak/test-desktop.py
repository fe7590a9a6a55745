#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""A user at the desktop: the Flatpak, from its exported desktop file, by keyboard and screen reader alone.

Runs once in each of four sessions of one home, with the ready line of a practice tenant on its standard input, and
prints the cases of that session as TAP:
  first   launched, a profile added, connected, kept, edited, removed and brought back; what the sandbox lets through
  locked  the keyring is locked
  none    there is no keyring service
  last    removed for good
"""

import argparse
import json
import os
import shlex
import subprocess
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parents[1] / "flatpak")]

from demo.program import APPLICATION, Program  # noqa: E402
from demo.tenants import WORDS  # noqa: E402
from demo.window import GLib, Window  # noqa: E402
from keyboard import Keyboard  # noqa: E402

EXPORTS = Path(os.environ["FLATPAK_USER_DIR"]) / "exports/share/applications"
DESKTOP_FILE = EXPORTS / f"{APPLICATION}.desktop"
COMPANY = "Practice MSP"
NAME = "Contoso IT"
CHECK_SECONDS = 40  # a check ends within 30 s
# A launcher stays: a bus drops what it was asked by those that leave before the program is there.
LAUNCH = """
import sys
from gi.repository import Gio, GLib

loop = GLib.MainLoop()
info = Gio.DesktopAppInfo.new_from_filename(sys.argv[1])

def launched(info, result):
    info.launch_uris_finish(result)
    loop.quit()

info.launch_uris_async([], None, None, launched)
loop.run()
"""


class User:
    """One user in one session, before the program."""

    def __init__(self, window: Window, tenant: dict[str, Any]) -> None:
        self.window = window
        self.tenant = tenant
        self.keyboard = Keyboard(window)
        self.program = Program()

    # What the user does.

    def launch(self) -> None:
        """Launches the program as the desktop's menu does: by its desktop file, and so by the bus."""
        # Not by "gio launch", which in GLib 2.84 runs the Exec line without asking the bus.
        subprocess.run([sys.executable, "-c", LAUNCH, str(DESKTOP_FILE)], check=True, timeout=60)
        self.sees_window()

    def sees_window(self) -> None:
        self.window.wait(self.window.program, "the program", 40)
        self.window.wait(
            lambda: self.button("Add Profile"), "a window in which a profile can be added", 40
        )
        self.keyboard.take()

    def quit(self) -> None:
        self.keyboard.press("ctrl+q")
        self.window.wait(lambda: self.window.program() is None or None, "the end of the program")

    def check(self) -> None:
        self.keyboard.press("ctrl+r")

    # What the user sees.

    def button(self, name: str) -> object | None:
        return self.window.find("button", lambda shown: name in shown)

    def is_said(self, text: str) -> bool | None:
        """Whether a label on screen holds the text."""
        return self.window.find("label", lambda shown: text in shown) is not None or None

    def row_says(self, profile: str, word: str) -> None:
        self.window.wait(
            lambda: self.window.word(profile, WORDS) == word or None,
            f"{profile}: {word}",
            CHECK_SECONDS,
        )

    def row_is_gone(self, profile: str) -> None:
        self.window.wait(lambda: self.window.row(profile) is None or None, f"{profile} gone")

    def count_secrets(self) -> int:
        """The items of the keyring that the program keeps in its sandbox: a count, nothing else."""
        data = Path.home() / ".var/app" / APPLICATION / "data"
        file = data / "keyrings/default.keyring"  # where the window says that they are
        if not file.exists():
            return 0
        # libsecret's file: a magic of 16 bytes, two of version, then (uayutua(a{say}ay)).
        stored = GLib.Bytes.new(file.read_bytes()[18:])
        kind = GLib.VariantType.new("(uayutua(a{say}ay))")
        return int(GLib.Variant.new_from_bytes(kind, stored, False).get_child_value(5).n_children())


def launched(user: User) -> None:
    user.launch()
    assert user.is_said("Add Your First Tenant"), user.window.dump()


def added_and_connected(user: User) -> None:
    keyboard, window, tenant = user.keyboard, user.window, user.tenant
    keyboard.press("ctrl+n")
    window.wait(lambda: window.find("dialog", lambda name: name == "Add Profile"), "the form")
    keyboard.fill("Hostname", f"{tenant['address']}:{tenant['port']}")
    keyboard.fill("API Version", "2025.1")
    keyboard.fill("Client ID", tenant["clientId"])
    keyboard.fill("Username", f"own-server+{tenant['publicKey']}")
    keyboard.fill("Password", tenant["privateKey"])
    keyboard.press("Return")
    window.wait(lambda: user.button("Trust This Certificate"), "the offer to trust", CHECK_SECONDS)
    keyboard.go_to("button", "Trust This Certificate")
    keyboard.press("space")
    window.wait(lambda: window.find("button", lambda name: name == "Trust"), "the question")
    keyboard.go_to("button", "Trust")
    keyboard.press("space")
    user.row_says(COMPANY, "Connected")
    # The toast with these words goes away, perhaps before it is looked for.
    told = f"You are now connected to {COMPANY}"
    window.wait(lambda: any(told in text for text in window.announced) or None, "the announcement")
    window.wait(lambda: user.is_said(f"Connected to {COMPANY}."), "what the page says")
    assert user.count_secrets() == 2, "the password and the Client ID"


def kept(user: User) -> None:
    user.quit()
    user.launch()
    user.row_says(COMPANY, "Connected")
    before = user.program.profile(COMPANY)["checkedAt"]
    user.window.select(COMPANY)
    user.check()

    def checked() -> bool | None:
        return user.program.profile(COMPANY)["checkedAt"] != before or None

    user.window.wait(checked, "a new result", CHECK_SECONDS)
    user.row_says(COMPANY, "Connected")


def edited(user: User) -> None:
    user.keyboard.press("ctrl+e")
    user.window.wait(lambda: user.window.find("dialog", lambda name: name == "Edit Profile"), "form")
    user.keyboard.fill("Name", NAME)
    user.keyboard.press("Return")
    user.row_says(NAME, "Connected")


def removed_and_brought_back(user: User) -> None:
    user.window.wait(lambda: user.window.find("dialog", lambda _: True) is None or None, "no form")
    user.keyboard.go_to("list item", NAME)
    user.keyboard.press("Delete")
    user.row_is_gone(NAME)
    user.keyboard.press("ctrl+z")
    user.row_says(NAME, "Connected")
    assert user.count_secrets() == 2


def own_exec_line(user: User) -> None:
    """What a desktop without D-Bus activation runs."""
    user.quit()
    entry = GLib.KeyFile()
    entry.load_from_file(str(DESKTOP_FILE), GLib.KeyFileFlags.NONE)
    line = shlex.split(entry.get_string("Desktop Entry", "Exec"))
    command = [word for word in line if not word.startswith(("%", "@@"))]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL) as process:
        user.sees_window()
        user.row_says(NAME, "Connected")
        user.quit()
        assert process.wait(20) == 0


def sandbox_is_closed(user: User) -> None:
    marker = Path.home() / "a letter of the user's"
    marker.write_text("private")
    inside = user.program.command("sh", "-c", 'test ! -e "$1" && ! ls /home/* /root/* 2>/dev/null', "sh")
    subprocess.run([*inside, str(marker)], check=True, timeout=30)
    call = ["gdbus", "call", "--session", "--object-path", "/", "--method"]
    ping = [*call, "org.freedesktop.DBus.Peer.Ping", "--dest"]
    # The service is on the bus, and not to be reached from inside; the portal is.
    subprocess.run([*ping, "org.freedesktop.secrets"], check=True, timeout=30, capture_output=True)
    refused = subprocess.run(
        user.program.command(ping[0], *ping[1:], "org.freedesktop.secrets"),
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )
    assert refused.returncode != 0 and "ServiceUnknown" in refused.stderr, refused.stderr
    subprocess.run(
        user.program.command(ping[0], *ping[1:], "org.freedesktop.portal.Desktop"),
        check=True,
        timeout=30,
        capture_output=True,
    )


def waits_for_locked_keyring(user: User) -> None:
    """The list works, what is waited for is said, and waiting can be ended while the prompt stands."""
    user.launch()
    user.row_says(NAME, "Connected")
    user.window.select(NAME)
    user.check()
    user.window.wait(lambda: user.is_said("Waiting for the keyring"), "that it waits", CHECK_SECONDS)
    user.keyboard.sees_prompt()
    user.window.press("Cancel")  # the prompt has the keyboard for itself
    user.window.wait(lambda: user.button("Check"), "the end of the check")
    user.row_says(NAME, "Connected")  # cancelling changes nothing
    user.keyboard.press("Escape")
    user.keyboard.sees_no_prompt()


def says_that_it_is_locked(user: User) -> None:
    user.keyboard.take()
    user.check()
    user.keyboard.sees_prompt()
    user.keyboard.press("Escape")
    user.row_says(NAME, "Secret unavailable")
    assert user.program.profile(NAME)["cause"] == "keyring-locked"
    assert user.button("Unlock Keyring"), user.window.dump()
    user.keyboard.sees_no_prompt()
    user.keyboard.take()
    user.quit()


def says_that_there_is_no_keyring(user: User) -> None:
    user.launch()
    user.window.select(NAME)
    user.check()
    user.window.wait(
        lambda: user.program.profile(NAME)["cause"] == "keyring-unavailable" or None, "the cause"
    )
    user.row_says(NAME, "Secret unavailable")
    user.quit()


def removed_for_good(user: User) -> None:
    user.launch()
    user.window.select(NAME)
    user.check()
    user.row_says(NAME, "Connected")
    user.keyboard.go_to("list item", NAME)
    user.keyboard.press("Delete")
    user.row_is_gone(NAME)
    user.quit()
    assert user.count_secrets() == 0
    told = json.loads(user.program.psactl("list", "--json"))
    assert told["profiles"] == [], told


SESSIONS: dict[str, tuple[Callable[[User], None], ...]] = {
    "first": (
        launched,
        added_and_connected,
        kept,
        edited,
        removed_and_brought_back,
        own_exec_line,
        sandbox_is_closed,
    ),
    "locked": (waits_for_locked_keyring, says_that_it_is_locked),
    "none": (says_that_there_is_no_keyring,),
    "last": (removed_for_good,),
}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("session", choices=SESSIONS)
    session = parser.parse_args().session
    tenant = json.loads(sys.stdin.readline())  # the line of a practice tenant that is ready
    number = sum(len(cases) for cases in list(SESSIONS.values())[: list(SESSIONS).index(session)])
    failed = False
    with Window() as window:
        user = User(window, tenant)
        for case in SESSIONS[session]:
            number += 1
            name = case.__name__.replace("_", "-")
            # Each case goes on where the last one ended: after one that failed there is nothing to see.
            if failed:
                print(f"not ok {number} - {name}: one before it failed", flush=True)
                continue
            try:
                case(user)
                print(f"ok {number} - {name}", flush=True)
            except Exception:  # pylint: disable=broad-exception-caught
                failed = True
                told = "\n".join(f"# {line}" for line in traceback.format_exc().splitlines())
                print(f"not ok {number} - {name}\n{told}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
