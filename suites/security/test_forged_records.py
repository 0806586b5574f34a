"""What somebody writes becomes no record of the audit trail, and no part of one (日志伪造): a line of a text stays a part of that text."""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from tenderproof.testing import AuditEntry, Auditor, Chance, Identities, Missing, PlatformTrouble, Public, Stories, clause

_BREAKS = ("\n", "\r\n", "\u2028", "\x85", "\x0b")
_BETWEEN = (",", "\t", "|", " ")
_FIELDS = ("operation", "object", "outcome", "section", "actor.id", "actor.name")
_FORWARDED = ("x-forwarded-for", "x-real-ip", "x-client-ip", "client-ip", "true-client-ip", "x-originating-ip")
_TESTS = "203.0.113."  # addresses that are nobody's (RFC 5737)


def lines(like: Mapping[str, Any], mark: str) -> Iterator[str]:
    """A record such as one that there is, of an act that nobody did, whose names are all the mark: as JSON, and as columns."""
    made = {**like, "actor": {"id": mark, "name": mark, "role": "administrator"}, "operation": mark, "object": mark, "section": mark}
    yield json.dumps(made, ensure_ascii=False)
    plain = [str(value) for value in {**made, "actor": mark}.values()]
    yield from (between.join(plain) for between in _BETWEEN)


def texts(like: Mapping[str, Any], mark: str) -> list[str]:
    """What is typed where a name or an address belongs, with such records in lines of their own, one text for each kind of break."""
    return [
        "".join([f"安定路{number}号", *(f"{broken}{line}" for line in lines(like, mark)), broken]) for number, broken in enumerate(_BREAKS)
    ]


def forged(entries: Sequence[AuditEntry], mark: str) -> list[str]:
    """The records one of whose fields is the mark and nothing else; a text that holds it is no record of its own."""
    return [str(entry.raw) for entry in entries if mark in {str(entry.get(name, "")) for name in _FIELDS}]


@clause("EB-49-3", "HN-3.2-10", acquits=False)
def test_no_line_that_somebody_types_becomes_a_record(stories: Stories, identities: Identities, public: Public, chance: Chance) -> None:
    """Lines that look like records go into names, addresses, parameters and paths: in the trail stands what was done, and none of them."""
    person, mark = stories.applicant(identities.fresh("bidder")), f"weizao{chance.token(5)}"
    account, auditor, since = person.me().value.id, stories.auditor(), public.time().value.now.isoformat()
    person.change_registration({"address": "北京市东城区安定路9号"}).require()
    true = [entry for entry in auditor.audit_entries(since=since).value if entry.get("actor.id") == account]
    for text in texts(true[0].raw if true else {}, mark):
        person.change_registration({"address": text, "contact": {"address": text}})
        public.log_in_with_password(text, f"Cuo-{mark}")
        strangely(public, text)

    entries = auditor.audit_entries(since=since).value
    assert true, "what was done is not on record"
    assert any(entry.get("actor.id") == account for entry in entries)
    assert forged([*entries, *auditor.audit_entries(object=mark).value], mark) == [], "a line that somebody typed is read as a record"


def strangely(public: Public, text: str) -> None:
    """Ask for what there is not by this name, and with it as a parameter; how a platform answers is its own matter."""
    for asked in (lambda: public.published_notice(text), lambda: public.published_notices(at_most=1, q=text)):
        try:
            asked()
        except PlatformTrouble:
            continue


def address(auditor: Auditor, since: str, account: str) -> list[str]:
    """From where an account acted since a moment, as the trail has it."""
    return [str(entry.get("address")) for entry in auditor.audit_entries(since=since).value if entry.get("actor.id") == account]


@clause("EB-49-1", "EB-49-3", acquits=False)
def test_nobody_chooses_the_address_from_which_it_is_recorded_to_act(
    stories: Stories, identities: Identities, public: Public, chance: Chance
) -> None:
    """An act is recorded with a network address; with headers that name another one beside it, that other one is not recorded."""
    person, auditor, since = stories.applicant(identities.fresh("bidder")), stories.auditor(), public.time().value.now.isoformat()
    account, invented = person.me().value.id, f"{_TESTS}{chance.integer(2, 250)}"
    person.change_registration({"address": "北京市东城区安定路9号"}).require()
    usual = address(auditor, since, account)
    headers = dict.fromkeys(_FORWARDED, invented) | {"forwarded": f"for={invented}"}
    for number, (name, value) in enumerate(headers.items()):
        person.adding({name: value}).change_registration({"address": f"北京市东城区安定路{number}号"})
    recorded = address(auditor, since, account)

    if not any(usual):
        raise Missing("no address is recorded of an act, so none that was invented")
    assert len(recorded) > len(usual)
    assert [one for one in recorded if invented in one] == [], "the trail has the address that somebody invented"
