# SPDX-License-Identifier: GPL-3.0-or-later
"""The three profiles of the demo, and what must be said of each."""

from dataclasses import dataclass

from .practice import Tenant
from .program import Program

# The states' words on screen, and their tokens in files and JSON.
WORDS = {
    "Connected": "connected",
    "Connected, with warnings": "warning",
    "Keys rejected": "rejected",
    "Not permitted": "not-permitted",
    "Needs correction": "needs-correction",
    "Unreachable": "unreachable",
    "Secret unavailable": "secret-unavailable",
    "Not checked": "not-checked",
}


@dataclass(frozen=True)
class Part:
    """One profile's part in the demo."""

    name: str
    environment: str
    right_key: bool
    trusted: bool
    state: str
    cause: str


PARTS = (
    Part("Contoso IT", "production", True, True, "connected", "ok"),
    Part("Fabrikam", "staging", False, True, "rejected", "keys-rejected"),
    Part("Adatum", "production", True, False, "needs-correction", "certificate-untrusted"),
)


def add(program: Program, part: Part, tenant: Tenant) -> None:
    """Makes the profile by psactl, as somebody at a terminal would."""
    arguments = [
        "add",
        "--name",
        part.name,
        "--hostname",
        f"{tenant.address}:{tenant.port}",
        "--username",
        f"own-server+{tenant.public_key}",
        "--client-id",
        tenant.client_id,
        "--api-version",
        "2025.1",
        "--environment",
        part.environment,
    ]
    if part.trusted:
        arguments += ["--trust-sha256", tenant.sha256]
    # A key of the same form, its letters in another order, is what a mistyped one looks like.
    secret = tenant.private_key if part.right_key else tenant.private_key[::-1]
    program.psactl(*arguments, secret=secret)
