# SPDX-License-Identifier: GPL-3.0-or-later
"""Somebody at the keyboard: real key events of the display, what they do seen on the accessibility bus."""

import subprocess

from demo.window import Atspi, Timeout, Window

TITLE = "^PSA Connections$"
PROMPT = "^Unlock .*Keyring$"
MOST_STOPS = 60  # more than any screen has places for the focus


class Keyboard:
    """Keys for the one window of the program; no pointer, nothing pressed by its action."""

    def __init__(self, window: Window) -> None:
        self._window = window

    def take(self) -> None:
        """Gives the window the focus: there is no window manager to do it."""
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", TITLE, "windowfocus"]
        subprocess.run(search, check=True, capture_output=True, timeout=20)
        self._window.wait(self._has_window, "the focus in the window")

    def _has_window(self) -> bool | None:
        frame = self._window.find("frame", lambda _: True)
        return frame is not None and frame.get_state_set().contains(Atspi.StateType.ACTIVE) or None

    def press(self, *keys: str) -> None:
        """Presses keys one after the other, each named as the display names it, such as ctrl+n."""
        subprocess.run(["xdotool", "key", *keys], check=True, timeout=20)

    def type(self, text: str) -> None:
        """Types text where the focus is; it is read from a pipe, since it may be a secret."""
        subprocess.run(["xdotool", "type", "--file", "-"], input=text, text=True, check=True, timeout=60)

    def sees_prompt(self) -> None:
        """Waits for the keyring's own question, which takes the keyboard for itself."""
        search = ["xdotool", "search", "--sync", "--onlyvisible", "--name", PROMPT]
        subprocess.run(search, check=True, capture_output=True, timeout=20)

    def sees_no_prompt(self) -> None:
        search = ["xdotool", "search", "--onlyvisible", "--name", PROMPT]
        self._window.wait(
            lambda: subprocess.run(search, check=False, capture_output=True).returncode == 1 or None,
            "the end of the keyring's question",
        )

    def _is_at(self, role: str, name: str) -> bool:
        node = self._window.focused
        return node is not None and node.get_role_name() == role and name in (node.get_name() or "")

    def _move(self) -> None:
        self._window.focused = None
        self.press("Tab")
        self._window.wait(lambda: self._window.focused, "the focus after Tab")

    def go_to(self, role: str, name: str) -> None:
        """Presses Tab until the focus is on a thing of that role whose name holds the text."""
        for _ in range(MOST_STOPS):
            if self._is_at(role, name):
                return
            self._move()
        raise Timeout(f"Tab never comes to the {role} {name}. On screen:\n{self._window.dump()}")

    def fill(self, row: str, text: str) -> None:
        """Goes to a text row and types over what is in it."""
        self.go_to("text", row)
        self.press("ctrl+a")
        self.type(text)
