# SPDX-License-Identifier: GPL-3.0-or-later
"""The installed program, in the sandbox or out of it, run as a user runs it."""

import json
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

APPLICATION = "io.github.psaconnections.PsaConnections"


@dataclass(frozen=True)
class Program:
    """How to start the program: through Flatpak, or the one in a folder where there is no sandbox."""

    bindir: Path | None = None

    def command(self, name: str, *arguments: str) -> list[str]:
        """The command line that starts psa-connections or psactl."""
        if self.bindir is not None:
            return [str(self.bindir / name), *arguments]
        return ["flatpak", "run", "--user", f"--command={name}", APPLICATION, *arguments]

    def psactl(self, *arguments: str, secret: str | None = None) -> str:
        """Runs psactl on the profiles of the window; a secret enters by standard input."""
        done = subprocess.run(
            self.command("psactl", *arguments),
            input=secret if secret is not None else "",
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(
                f"psactl {arguments[0]} ended with {done.returncode}: {done.stderr.strip()}"
            )
        return done.stdout.strip()

    def profile(self, name: str) -> dict[str, Any]:
        """What psactl knows of a profile."""
        shown: dict[str, Any] = json.loads(self.psactl("show", name, "--json"))["profiles"][0]
        return shown

    def open(self) -> subprocess.Popen[bytes]:
        """Opens the window."""
        return subprocess.Popen(self.command("psa-connections"), stdin=subprocess.DEVNULL)

    def close(self, process: subprocess.Popen[bytes]) -> None:
        """Ends what open() started; a signal to `flatpak run` does not reach into its sandbox."""
        if self.bindir is None:
            # Only the sandboxes of this session are listed: it has a runtime folder of its own.
            listed = subprocess.run(
                ["flatpak", "ps", "--columns=instance"], capture_output=True, text=True, check=True
            )
            for instance in listed.stdout.split():
                # One that has just ended by itself is no fault.
                subprocess.run(["flatpak", "kill", instance], capture_output=True, check=False)
        else:
            process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
