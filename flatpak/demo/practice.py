# SPDX-License-Identifier: GPL-3.0-or-later
"""Practice tenants: servers that answer as the tenants of the three profiles."""

import json
import selectors
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

READY_SECONDS = 30


@dataclass(frozen=True)
class Tenant:
    """A running practice tenant, as its ready line describes it."""

    process: subprocess.Popen[str]
    address: str
    port: int
    sha256: str
    companies: tuple[str, ...]
    public_key: str
    private_key: str
    client_id: str

    @classmethod
    def start(cls, command: Sequence[str]) -> Self:
        """Starts a server and waits for its ready line."""
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            line = process.stdout.readline() if selector.select(READY_SECONDS) else ""
        if not line:
            process.kill()
            process.wait()
            raise RuntimeError(f"{command[0]} did not say that it is ready")
        ready = json.loads(line)
        return cls(
            process,
            ready["address"],
            ready["port"],
            ready["sha256"],
            tuple(ready["companies"]),
            ready["publicKey"],
            ready["privateKey"],
            ready["clientId"],
        )

    def revoke(self) -> None:
        """Makes the tenant refuse its key from now on, as if somebody had set it inactive."""
        self.process.send_signal(signal.SIGUSR1)

    def stop(self) -> None:
        """Ends the server: it runs until its standard input closes."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
