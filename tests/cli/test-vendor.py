#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""psactl at the vendor's host names, which lead to practice tenants in here: prints TAP.

To be run by tests/place/vendor-names: the programs under test know of nothing.
"""

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from psactl_fixture import PSACTL, Home, Tenant, expect, run_tests

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


def find_region(home: Home, company: str) -> tuple[int, dict, dict[str, dict]]:
    done = home.run("find-region", company, "--json")
    assert done.stderr == "", done
    document = json.loads(done.stdout)
    assert (document["schema"], document["company"]) == (1, company)
    assert document["message"]["what"] and document["message"]["next"]
    return done.returncode, document, {site["site"]: site for site in document["sites"]}


def open_sites(stack: contextlib.ExitStack, *leave_out: str, **companies: str) -> list[Site]:
    """Every API host of the cloud but some; each knows “counts”, or what stands under its label."""
    return [
        stack.enter_context(
            open_site(name, "--companies", companies.get(name.split(".")[0].replace("-", "_"), "counts"))
        )
        for name in ADDRESSES
        if name.startswith(("api-", "sandbox-")) and name not in leave_out
    ]


def test_find_one(home: Home) -> None:
    with contextlib.ExitStack() as stack:
        sites = open_sites(stack, api_eu="ok,old-companyinfo")
        status, document, answers = find_region(home, "old-companyinfo")
        assert (status, document["outcome"], len(answers)) == (0, "one", 9), document
        eu = answers[EU]
        assert (eu["answer"], eu["hostname"], eu["region"]) == ("found", EU, "EU"), eu
        assert (eu["company"], eu["version"], eu["cause"]) == ("Practice MSP", "2025.1", None), eu
        assert EU in document["message"]["what"] and "2025.1" in document["message"]["next"]
        others = [site for name, site in answers.items() if name != EU]
        assert {(site["answer"], site["cause"]) for site in others} == {("unknown", "unknown-company")}
        # The company ID is all that any of them got to know.
        for site in sites:
            (request,) = site.requests
            assert request["path"] == "/login/companyinfo/old-companyinfo", request
            assert not {"Authorization", "clientId", "Cookie"} & set(request["headers"]), request
        done = home.run("find-region", "old-companyinfo")
        assert done.returncode == 0 and not done.stderr, done
        assert EU in done.stdout.splitlines()[0], done.stdout


def test_find_again(home: Home) -> None:
    """A site that drops the first request is asked once more, the others are not."""
    with contextlib.ExitStack() as stack:
        sites = open_sites(stack, api_eu="reset-once")
        status, document, answers = find_region(home, "reset-once")
        assert (status, document["outcome"], answers[EU]["answer"]) == (0, "one", "found"), document
        asked = {site.host: len(site.requests) for site in sites}
        assert asked.pop(EU) == 2 and set(asked.values()) == {1}, asked


def test_find_several_and_none(home: Home) -> None:
    with contextlib.ExitStack() as stack:
        open_sites(stack, api_za="own-server", sandbox_na="own-server")
        status, document, answers = find_region(home, "own-server")
        assert (status, document["outcome"]) == (0, "several"), document
        assert {n for n, site in answers.items() if site["answer"] == "found"} == {
            "api-za.myconnectwise.net", "sandbox-na.myconnectwise.net",
        }  # fmt: skip
        status, document, answers = find_region(home, "nobody")
        assert (status, document["outcome"]) == (6, "none"), document
        # Letter case counts.
        assert find_region(home, "Own-Server")[1]["outcome"] == "none"


def test_find_named_host(home: Home) -> None:
    """Sites that all name one host of the vendor as the company's are one hit."""
    with contextlib.ExitStack() as stack:
        open_sites(stack, api_eu="cloud", api_au="cloud", api_na="cloud")
        status, document, answers = find_region(home, "cloud")
        assert (status, document["outcome"]) == (0, "one"), document
        assert {site["hostname"] for site in answers.values()} == {NA, None}, answers
        assert NA in document["message"]["what"], document


def test_find_unsure(home: Home) -> None:
    with contextlib.ExitStack() as stack:
        open_sites(stack, NA, EU)
        stack.enter_context(open_site(EU, trusted=False))
        status, document, answers = find_region(home, "ok")
        assert (status, document["outcome"]) == (6, "unsure"), document
        assert "2 of 9" in document["message"]["what"], document
        assert (answers[NA]["answer"], answers[NA]["cause"]) == ("unasked", "connection-refused")
        assert (answers[EU]["answer"], answers[EU]["cause"]) == ("unasked", "certificate-untrusted")
        assert NA in answers[NA]["message"], answers[NA]
    status, document, answers = find_region(home, "ok")
    assert (status, document["outcome"]) == (7, "unsure"), document
    assert {site["cause"] for site in answers.values()} == {"connection-refused"}, answers


def test_find_usage(home: Home) -> None:
    for words in ((), ("a", "b"), ("",), ("a+b",), ("..",), ("a\nb",), ("--nope", "a")):
        done = home.run("find-region", *words)
        assert done.returncode == 2 and done.stderr and not done.stdout, (words, done)


def test_find_interrupted(home: Home) -> None:
    with open_site(NA, "--companies", "silent") as site:
        process = subprocess.Popen(
            [PSACTL, "find-region", "silent"],
            env=home.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        while not site.requests:
            assert process.poll() is None
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=5)
        assert (process.returncode, output, errors) == (130, b"", b"")


def main() -> int:
    return run_tests(
        [value for name, value in globals().items() if name.startswith("test_")], None
    )


if __name__ == "__main__":
    sys.exit(main())
