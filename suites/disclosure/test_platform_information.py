"""What a platform must tell about itself: who runs it, what it is certified for, its standards, its doings, its prices (平台信息公开)."""

import hashlib
from datetime import datetime
from decimal import Decimal

from tenderproof.testing import Chance, Content, Missing, Public, Record, Stories, clause, papers

_ROLES = {"builder", "operator", "developer", "maintainer"}


@clause("HN-2.5-12", way="record")
def test_who_builds_runs_develops_and_maintains_the_platform_is_published_with_principal_officers(public: Public) -> None:
    """Each of the four parts has an organisation, by name, and a person who answers for it, who is not the organisation itself."""
    told = public.platform().value.get("organisations", [])
    units = {one.get("role"): (_words(one.get("name")), _words(one.get("principal_officer"))) for one in told}

    assert {role for role in _ROLES if all(units.get(role, ("", "")))} == _ROLES
    assert not [role for role, (name, officer) in units.items() if name == officer]


@clause("HN-2.5-13", way="record")
def test_the_certification_report_is_published_as_it_is_named_and_belongs_to_the_certificate_shown(public: Public, chance: Chance) -> None:
    """Everybody can have number, report and mark; the report is the file whose digest is stated, and the certificate is in its time."""
    certificate = _certificate(public)
    report = public.file(certificate.get("report_url", ""))
    mark = public.file(certificate.get("mark_url", ""))

    assert certificate.says("number", "level", "issued_by", "valid_from", "valid_until")
    assert report.accepted, report
    assert mark.accepted, mark
    assert mark.value.octets
    assert hashlib.sha256(report.value.octets).hexdigest() == certificate.get("report_sha256")
    if report.value.media_type.startswith("text/"):
        assert certificate.get("number") in report.value.text
    assert _moment(certificate, "valid_from") <= chance.now() < _moment(certificate, "valid_until")


@clause("CERT-CAR-24", way="record")
def test_the_mark_is_shown_only_by_what_was_certified(public: Public) -> None:
    """The certificate says of which kind and version of platform it holds; it is shown by that one."""
    platform, certificate = public.platform().value, _certificate(public)
    if not certificate.says("scope.kind", "scope.version"):
        raise Missing("the certificate is published without its scope (kind and version of the platform)")

    assert certificate.get("scope.kind") == platform.get("kind")
    assert certificate.get("scope.version") == platform.version


def _certificate(public: Public) -> Record:
    found = public.platform().value.get("certificate")
    if not found:
        raise Missing("the platform publishes no certificate; before its first certification there is none")
    return Record.read(found)


@clause("HN-2.5-14", way="record")
def test_the_standards_for_tools_are_published_with_their_versions_and_are_what_they_are_said_to_be(public: Public) -> None:
    """Each standard has a title and a version, can be read by everybody, and is the text whose digest is stated."""
    standards = [Record.read(one) for one in public.platform().value.get("interface_standards", [])]
    texts = [public.file(str(standard.get("url", ""))) for standard in standards]

    assert standards
    assert all(standard.says("title", "version", "url", "sha256") for standard in standards)
    assert all(text.accepted for text in texts), texts
    assert [hashlib.sha256(text.value.octets).hexdigest() for text in texts] == [standard.get("sha256") for standard in standards]


@clause("HN-2.5-14")
def test_a_tool_can_be_built_from_the_published_standards_alone(stories: Stories, public: Public) -> None:
    """The algorithms that the platform demands of the envelope of a bid, whole or in segments, stand in a text that everybody can read."""
    urls = [str(one.get("url", "")) for one in public.platform().value.get("interface_standards", [])]
    texts = "\n".join(public.file(url).value.text for url in urls)
    for encryption in ("whole", "segmented"):
        tender = stories.bidding(encryption=encryption, bidders=1)
        asked = tender.bidders[0].sealing(tender.section).value
        demanded = [str(asked.get(name)) for name in ("alg", "enc") if asked.says(name)]
        if not demanded:
            raise Missing("the platform does not say by which algorithms bids are to be sealed")

        assert [algorithm for algorithm in demanded if algorithm not in texts] == []


@clause("HN-2.5-15")
def test_the_counts_on_the_public_page_move_with_what_happened_and_with_nothing_else(stories: Stories, public: Public) -> None:
    """As many notices are counted as can be read; a draft leaves the count alone, a publication raises it, and the exchanges too."""
    tender = stories.created()
    before = _counts(public)
    readable = len(public.published_notices().value)
    drafted = tender.owner.announce(tender.tender_project, papers.notice(tender)).value
    again, still_readable = _counts(public), len(public.published_notices().value)
    tender.verifier.review_notice(drafted).require()
    after = _counts(public)

    assert before["notices"] <= readable <= again["notices"] <= still_readable  # others may publish beside us, nobody takes back
    assert after["notices"] > before["notices"]
    assert after["notices"] <= len(public.published_notices().value)
    assert after["sections"] > before["sections"]
    assert after["exchanges"] > before["exchanges"]


def _counts(public: Public) -> dict[str, int]:
    told = public.platform().value
    hubs = [one for one in told.get("connections", []) if one.get("kind") == "public_service"]
    exchanges = sum(int(hub.get("sent", 0)) + int(hub.get("waiting", 0)) for hub in hubs)
    counts = {name: int(told.get(f"exchange_counts.{name}", 0)) for name in ("notices", "sections")}
    return {**counts, "exchanges": exchanges}


@clause("HN-2.5-16", way="record")
def test_what_is_free_and_what_costs_how_much_is_published_apart(public: Public) -> None:
    """Free services and value-added services are listed; only the latter have prices, each in yuan for a unit, and none stands in both."""
    told = public.platform().value
    free, paid = told.get("services.free", []), told.get("services.value_added", [])
    names = [{_words(one.get("name")) for one in part} for part in (free, paid)]

    assert free
    assert all(names[0] | names[1])
    assert names[0].isdisjoint(names[1])
    assert not [one for one in free if _words(one.get("price")) not in {"", "0", "0.00"}]
    assert all(_words(one.get("unit")) and Decimal(_words(one.get("price")) or "0") > 0 for one in paid)


@clause("HN-2.5-16", "HN-2.1-03")
def test_the_published_prices_are_the_ones_that_are_charged(stories: Stories, public: Public) -> None:
    """The platform's service is charged at a listed price, to the cent: one cent more or less is no price of the platform."""
    tender = stories.bidding(bidders=1)
    told = public.platform().value
    listed = {Decimal(str(one["price"])) for one in told.get("services.value_added", [])}
    if not listed:
        raise Missing("the platform publishes no price: it is free of charge")
    fee = Content(kind="transaction_service", payer=tender.bidders[0].identity.name, payee=str(told.get("operator.name")))
    near = {price + cent for price in listed for cent in (Decimal("0.01"), Decimal("-0.01"))} - listed
    charged = {price for price in listed if tender.owner.charge_fee(tender.section, fee.but(amount=price)).accepted}

    assert charged
    assert {tender.owner.charge_fee(tender.section, fee.but(amount=price)).refused_because for price in near} == {"fee_not_published"}
    assert sorted(found.amount for found in tender.bidders[0].fees(tender.section).value) == sorted(charged)


def _words(value: object) -> str:
    return str(value if value is not None else "").strip()


def _moment(record: Record, name: str) -> datetime:
    return datetime.fromisoformat(str(record.get(name)))
