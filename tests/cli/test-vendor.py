#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""psactl at the vendor's host names, which lead to practice tenants in here: prints TAP.

To be run by tests/place/vendor-names: the programs under test know of nothing.
"""

import contextlib
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from psactl_fixture import Home, Tenant, expect, run_tests

NA, EU, OWN = "api-na.myconnectwise.net", "api-eu.myconnectwise.net", "cw.example.com"
WEB = "na.myconnectwise.net"
ADDRESSES = {
    name: address
    for address, name in (
        line.split()
        for line in Path(os.environ["PSA_VENDOR_HOSTS"]).read_text().splitlines()
        if not line.startswith("#")
    )
}


class Site(Tenant):
    """A practice tenant that answers as one host of the cloud, and whom the system vouches for."""

    def __init__(self, name: str, *options: str, trusted: bool = True) -> None:
        self.folder = tempfile.TemporaryDirectory(prefix="site-")
        authority = Path(self.folder.name) / "authority.pem"
        self.record = Path(self.folder.name) / "record"
        super().__init__(
            "--address", ADDRESSES[name], "--port", "443", "--names", name,
            "--authority", str(authority), "--record", str(self.record), *options,
        )  # fmt: skip
        self.host = name
        if trusted:
            with open(os.environ["PSA_VENDOR_STORE"], "a", encoding="ascii") as store:
                store.write(authority.read_text())

    @property
    def requests(self) -> list[dict]:
        return [json.loads(line) for line in self.record.read_text().splitlines()]

    def close(self) -> None:
        super().close()
        self.folder.cleanup()


@contextlib.contextmanager
def open_site(name: str, *options: str, trusted: bool = True) -> Iterator[Site]:
    site = Site(name, *options, trusted=trusted)
    try:
        yield site
    finally:
        site.close()


def keep(home: Home, site: Site, *companies: str) -> None:
    """A profile a scenario, named after it, that trusts nothing by hand."""
    for company in companies:
        home.add(site, company, company, "--api-version", "2025.1")


def test_good(home: Home) -> None:
    with open_site(NA) as site:
        keep(home, site, "ok")
        result = expect(home, "ok", "ok", 0)
        assert result["tenant"]["cloud"] is True
        assert {s["stage"]: s["result"] for s in result["stages"]}["tls"] == "passed"
        assert all(r["host"] == NA for r in site.requests), site.requests
        assert "Authorization" not in site.requests[0]["headers"], site.requests[0]
        assert "Authorization" in site.requests[1]["headers"], site.requests[1]


def test_web_host(home: Home) -> None:
    companies = ("ssl-required", "ssl-required-401", "login-page", "keys-401", "keys-404-twice")
    with open_site(WEB) as site:
        keep(home, site, *companies)
        for company in companies:
            result = expect(home, company, "web-address", 6)
            assert NA in result["message"]["next"], result["message"]


def test_web_words_elsewhere(home: Home) -> None:
    """ “SSL is required” is always the web; a login page alone says so on the six web hosts only."""
    with open_site(OWN) as own, open_site(NA) as api:
        keep(home, own, "ssl-required")
        keep(home, api, "login-page")
        result = expect(home, "ssl-required", "web-address", 6)
        assert "SSL is required" in result["message"]["why"], result["message"]
        expect(home, "login-page", "bad-answer", 7)


def test_unknown_company(home: Home) -> None:
    """Any 404 of companyinfo says so on a vendor host, whatever its body."""
    companies = ("not-psa-404", "company-404-text", "unknown-company-404", "unknown-company-null")
    with open_site(NA, "--companies", ",".join((*companies, "ok"))) as site, open_site(OWN) as own:
        keep(home, site, *companies, "cloud")
        for company in (*companies, "cloud"):
            expect(home, company, "unknown-company", 6)
        assert not any("Authorization" in r["headers"] for r in site.requests)
        home.add(own, "not-psa-404", "Own")
        expect(home, "Own", "not-psa", 6)


def test_keys_on_cloud(home: Home) -> None:
    causes = {
        "keys-401": ("keys-rejected", 4),
        "keys-cloud-404": ("keys-rejected", 4),
        "keys-404-twice": ("not-routable", 6),
        "keys-cloud-silent": ("bad-answer", 7),
        "cannot-route": ("not-routable", 6),
        "ok-versioned-only": ("ok", 0),
    }
    with open_site(NA) as site:
        keep(home, site, *causes)
        for company, (cause, status) in causes.items():
            expect(home, company, cause, status)


def test_untrusted_is_never_trusted(home: Home) -> None:
    for options, trusted, cause in (
        ((), False, "certificate-untrusted"),
        (("--certificate", "wrong-host"), True, "certificate-wrong-host"),
        (("--certificate", "expired"), True, "certificate-expired"),
    ):
        with open_site(NA, *options, trusted=trusted) as site:
            keep(home, site, "ok")
            result = expect(home, "ok", cause, 6)
            if cause != "certificate-expired":
                assert "another network" in result["message"]["next"], result["message"]
            done = home.run("trust", "ok", "--sha256", site.sha256)
            assert done.returncode == 2 and NA in done.stderr, done
            # Not even where the file says that it was.
            document = json.loads(home.profiles.read_text())
            document["profiles"][0]["trust"] = {"address": f"{NA}:443", "sha256": site.sha256}
            home.profiles.write_text(json.dumps(document))
            expect(home, "ok", cause, 6)
            assert site.requests == []
            assert home.run("remove", "ok").returncode == 0


def test_site_url_misleads(home: Home) -> None:
    """[N10] Another host of the vendor is kept as an offer, any other is text: neither is asked."""
    with open_site(EU) as typed, open_site(NA) as named:
        keep(home, typed, "cloud", "siteurl-host", "siteurl-user")
        assert expect(home, "cloud", "ok", 0)["details"]["siteUrl"] == NA
        assert expect(home, "siteurl-host", "ok", 0)["details"]["siteUrl"] == "elsewhere.example.com"
        expect(home, "siteurl-user", "ok", 0)
        assert {r["host"] for r in typed.requests} == {EU}
        assert named.requests == []


def main() -> int:
    return run_tests(
        [value for name, value in globals().items() if name.startswith("test_")], None
    )


if __name__ == "__main__":
    sys.exit(main())
