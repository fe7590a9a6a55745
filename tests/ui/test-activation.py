#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The desktop starts the program by the bus, from its service file and its desktop file: prints TAP.

Arguments: the program, its service file, its desktop file.
"""

import configparser
import os
import sys
import tempfile
import traceback
from collections.abc import Callable
from pathlib import Path

import gi

gi.require_version("Gio", "2.0")
from gi.repository import Gio, GLib  # noqa: E402

PROGRAM, SERVICE, DESKTOP = (Path(argument) for argument in sys.argv[1:4])
ID = DESKTOP.stem
ROOT = "/" + ID.replace(".", "/")
SECONDS = 30


def read_keys(path: Path) -> configparser.ConfigParser:
    parser = configparser.ConfigParser(interpolation=None, delimiters=("=",))
    parser.optionxform = str  # type: ignore[assignment,method-assign]
    parser.read(path, encoding="utf-8")
    return parser


def install_service(folder: Path) -> None:
    """The service file as it is built, but for the folder of the program, which is not installed."""
    text = SERVICE.read_text(encoding="utf-8")
    command = read_keys(SERVICE)["D-BUS Service"]["Exec"].split()
    assert Path(command[0]).name == PROGRAM.name, command
    (folder / SERVICE.name).write_text(text.replace(command[0], str(PROGRAM)), encoding="utf-8")


class Bus:
    """A user's session bus, which can start the program."""

    def __init__(self, folder: Path) -> None:
        services = folder / "services"
        services.mkdir()
        install_service(services)
        for name in ("HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = str(folder)
        self.daemon = Gio.TestDBus.new(Gio.TestDBusFlags.NONE)
        self.daemon.add_service_dir(str(services))
        self.daemon.up()
        flags = Gio.DBusConnectionFlags
        self.connection = Gio.DBusConnection.new_for_address_sync(
            self.daemon.get_bus_address(),
            flags.AUTHENTICATION_CLIENT | flags.MESSAGE_BUS_CONNECTION,
            None,
            None,
        )

    def call(self, name: str, path: str, method: str, parameters: GLib.Variant | None) -> tuple:
        interface, _, member = method.rpartition(".")
        return self.connection.call_sync(
            name,
            path,
            interface,
            member,
            parameters,
            None,
            Gio.DBusCallFlags.NONE,
            SECONDS * 1000,
            None,
        ).unpack()

    def has_owner(self) -> bool:
        method = "org.freedesktop.DBus.NameHasOwner"
        return self.call("org.freedesktop.DBus", "/", method, GLib.Variant("(s)", (ID,)))[0]

    def has_window(self) -> bool:
        """Each window of a program is an object of its own."""
        method = "org.freedesktop.DBus.Introspectable.Introspect"
        return 'node name="1"' in self.call(ID, f"{ROOT}/window", method, None)[0]

    def act(self, action: str) -> None:
        self.call(
            ID,
            ROOT,
            "org.freedesktop.Application.ActivateAction",
            GLib.Variant("(sava{sv})", (action, [], {})),
        )

    def wait(self, condition: Callable[[], bool], what: str) -> None:
        """Asks the program again and again; each answer is a turn of its main loop."""
        end = GLib.get_monotonic_time() + SECONDS * GLib.USEC_PER_SEC
        while not condition():
            assert GLib.get_monotonic_time() < end, f"not in time: {what}"


def check_service(bus: Bus) -> None:
    """A service has no window until it is asked for one, and knows what the desktop file offers."""
    actions = bus.call(ID, ROOT, "org.gtk.Actions.List", None)[0]
    offered = read_keys(DESKTOP)["Desktop Entry"]["Actions"].split(";")[:-1]
    assert offered == ["new-profile", "check-all"], offered
    assert set(offered) <= set(actions), actions
    assert not bus.has_window()


def check_actions(bus: Bus) -> None:
    """Each entry of the icon's menu opens the window, whether the program runs already or not."""
    for action in ("check-all", "new-profile"):
        bus.act(action)
        bus.wait(bus.has_window, f"a window after {action}")
        bus.act("quit")
        bus.wait(lambda: not bus.has_owner(), "the end of the program")


def main() -> int:
    failed = 0
    print("1..2")
    with tempfile.TemporaryDirectory() as folder:
        bus = Bus(Path(folder))
        for number, check in enumerate((check_service, check_actions), start=1):
            try:
                check(bus)
            except Exception:  # pylint: disable=broad-exception-caught
                failed += 1
                print(f"not ok {number} - {check.__name__}")
                print("\n".join(f"# {line}" for line in traceback.format_exc().splitlines()))
            else:
                print(f"ok {number} - {check.__name__}")
        bus.connection.close_sync()
        bus.daemon.down()
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
