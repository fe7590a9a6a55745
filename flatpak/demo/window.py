# SPDX-License-Identifier: GPL-3.0-or-later
"""The window as a screen reader finds it: by role and name, on the accessibility bus."""

import contextlib
import time
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from typing import Any, Self

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402  pylint: disable=wrong-import-position

# What GTK tells of changes that can make one of our conditions true.
EVENTS = (
    "object:children-changed",
    "object:property-change",
    "object:state-changed",
    "object:selection-changed",
    "object:text-changed",
    "object:announcement",
    "window",
)
# An application that starts or ends is told by no event that can be relied on: look this often too.
LOOK_MS = 250
PROGRAM = "psa-connections"


class Timeout(Exception):
    """What was waited for did not happen; the text says what that was and what was there."""


@dataclass(frozen=True)
class Verdict:
    """What the window says of a checked profile: the state's word and two of its sentences."""

    word: str
    what: str
    next_step: str


def children(node: Any) -> Iterator[Any]:
    """The children of a node; one that goes away while it is looked at is left out."""
    for index in range(node.get_child_count()):
        with contextlib.suppress(GLib.Error):
            child = node.get_child_at_index(index)
            if child is not None:
                yield child


def shown(node: Any) -> bool:
    return bool(node.get_state_set().contains(Atspi.StateType.SHOWING))


def walk(node: Any) -> Iterator[Any]:
    """A node and what is on screen below it, in the order of the screen. Each thing asked for is a call on the bus."""
    yield node
    for child in children(node):
        with contextlib.suppress(GLib.Error):
            if shown(child):
                yield from walk(child)


class Window:
    """One running program on the accessibility bus."""

    def __init__(self) -> None:
        # The portal's program has no cache to ask for, of which libatspi warns each time.
        GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
        Atspi.init()
        self._context = GLib.MainContext.default()
        self._changed = True
        self.focused: Any | None = None  # the last thing that told that it got the focus
        self.announced: list[str] = []  # what a screen reader was given to say, from the first
        self._listener = Atspi.EventListener.new(self._on_event)
        for event in EVENTS:
            self._listener.register(event)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for event in EVENTS:
            self._listener.deregister(event)

    def _on_event(self, event: Any) -> None:
        self._changed = True
        if event.type == "object:state-changed:focused" and event.detail1:
            self.focused = event.source
        elif event.type.startswith("object:announcement"):
            self.announced.append(event.any_data)

    def _on_time(self) -> bool:
        self._changed = True
        return bool(GLib.SOURCE_CONTINUE)

    def wait[T](self, look: Callable[[], T | None], what: str, seconds: float = 20) -> T:
        """Looks again after each event until `look` finds something; no sleeping."""
        end = time.monotonic() + seconds
        timer = GLib.timeout_add(LOOK_MS, self._on_time)
        try:
            self._changed = True
            while True:
                if self._changed:
                    self._changed = False
                    with contextlib.suppress(GLib.Error):
                        if (found := look()) is not None:
                            return found
                if time.monotonic() > end:
                    raise Timeout(f"{what}: not within {seconds:g} s. On screen:\n{self.dump()}")
                self._context.iteration(True)
                while self._context.pending():  # all that came at once is looked at once
                    self._context.iteration(False)
        finally:
            GLib.source_remove(timer)

    def program(self) -> Any | None:
        """The program's node; the portal's own program is on the same bus."""
        desktop = Atspi.get_desktop(0)
        desktop.clear_cache()
        return next((node for node in children(desktop) if node.get_name() == PROGRAM), None)

    def find(self, role: str, matches: Callable[[str], bool], below: Any = None) -> Any | None:
        """The first thing on screen of that role whose name matches."""
        start = below if below is not None else self.program()
        if start is None:
            return None
        start.clear_cache()
        for node in walk(start):
            if node.get_role_name() == role and matches(node.get_name() or ""):
                return node
        return None

    def row(self, profile: str) -> Any | None:
        """The item of the profile list whose name holds that of the profile."""
        return self.find("list item", lambda name: profile in name)

    def select(self, profile: str) -> None:
        """Chooses a profile in the list."""
        row = self.wait(lambda: self.row(profile), f"{profile} in the profile list")
        # The list selects by place among the profiles, the headers of its sections left out.
        rows = [r for r in children(row.get_parent()) if r.get_role_name() == "list item"]
        # Several can be selected: what was chosen before would stay so.
        row.get_parent().clear_selection()
        if not row.get_parent().select_child(rows.index(row)):
            raise Timeout(f"{profile} cannot be selected")
        self.wait(lambda: self.title(profile), f"the page of {profile}")

    def title(self, profile: str) -> Any | None:
        """The title of the tenant status page, if it is that of the profile."""
        for label in self.labels(profile):
            ancestor = label.get_parent()
            while ancestor is not None and ancestor.get_role_name() != "list item":
                ancestor = ancestor.get_parent()
            if ancestor is None:
                return label
        return None

    def press(self, button: str) -> None:
        """Presses a button, as soon as it is there and can be pressed."""

        def look() -> Any | None:
            node = self.find("button", lambda name: name == button)
            if node is not None and node.get_state_set().contains(Atspi.StateType.SENSITIVE):
                return node
            return None

        if not self.wait(look, f"the button {button}").do_action(0):
            raise Timeout(f"{button} cannot be pressed")

    def word(self, profile: str, words: Collection[str]) -> str | None:
        """The state's word in the name of a profile's row; the longest one that fits."""
        row = self.row(profile)
        name = row.get_name().replace(profile, "") if row is not None else ""
        return max((word for word in words if word in name), key=len, default=None)

    def verdict(self, profile: str, words: Collection[str]) -> Verdict | None:
        """What row and page say of the selected profile, once both say the same of a check."""
        word = self.word(profile, words)
        if word is None or word == "Not checked":
            return None
        said = [
            [child.get_name() or "" for child in children(label.get_parent())]
            for label in self.labels(word)
        ]
        # The state's word stands above what is so, why we think so and what to do next.
        texts = next((texts[texts.index(word) + 1 :] for texts in said if len(texts) > 3), None)
        return Verdict(word, texts[0], texts[2]) if texts is not None else None

    def labels(self, text: str) -> list[Any]:
        """The labels on screen with that text."""
        program = self.program()
        if program is None:
            return []
        program.clear_cache()
        return [
            node
            for node in walk(program)
            if node.get_role_name() == "label" and node.get_name() == text
        ]

    def dump(self) -> str:
        """What is on screen, a line for each thing that has a name."""
        program = self.program()
        if program is None:
            return "  (no window)"
        return "\n".join(
            f"  {node.get_role_name()}: {node.get_name()}"
            for node in walk(program)
            if node.get_name()
        )
