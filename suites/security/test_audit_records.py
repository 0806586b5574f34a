"""The records of the audit trail: what is recorded, what a record says, how it is found again, and that it stays (审计记录)."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from tenderproof.testing import (
    DAY,
    Administrator,
    Answer,
    AuditEntry,
    Auditor,
    Identities,
    NetworkTrouble,
    Person,
    PlatformTrouble,
    Public,
    Registration,
    Stories,
    Tender,
    clause,
    papers,
)

_FAILURES = 3
_KINDS = ("log in by certificate", "change the address", "verify")  # whatever else a platform may call by one name
_ACCEPTED = "accepted"


def whole(moment: datetime, *, exactly: bool = False) -> datetime:
    """The second in which a moment is, or the millisecond."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000 if exactly else 0)


class Done(NamedTuple):
    """One act as we know it: what it was, by which account, about which thing, between which moments, and whether it was done."""

    what: str
    by: str
    about: str
    began: datetime
    ended: datetime
    accepted: bool

    def is_in(self, entry: AuditEntry, *, exactly: bool) -> bool:
        """Whether a record is of this act; on a platform that writes whole seconds, of one in the second in which it was."""
        about = {str(entry.get("object")), str(entry.get("section"))}
        return (
            entry.get("actor.id") == self.by
            and whole(self.began, exactly=exactly) <= entry.at <= self.ended
            and (entry.outcome == _ACCEPTED) is self.accepted
            and (not self.about or self.about in about)
        )


@dataclass
class Journal:
    """What we did, act by act."""

    public: Public
    acts: list[Done] = field(default_factory=list)

    def note(self, what: str, by: str, act: Callable[[], Answer[Any]], about: str = "") -> Answer[Any]:
        """Do it, and know it."""
        began = self.public.time().value.now
        answer = act()
        self.acts.append(Done(what, by, about, began, self.public.time().value.now, answer.accepted))
        return answer

    def records(self, entries: Iterable[AuditEntry]) -> dict[str, AuditEntry]:
        """The record of each act that has one, by what the act was; no record is that of two acts."""
        left, found = list(entries), {}
        exactly = any(entry.at.microsecond for entry in left)
        for act in self.acts:
            record = next((entry for entry in left if act.is_in(entry, exactly=exactly)), None)
            if record is not None:
                left.remove(record)
                found[act.what] = record
        return found


@dataclass
class Newcomer:
    """Somebody new: who logs in both ways, changes the registration and declares it, and is verified."""

    person: Person
    account: str
    login: str
    password: str
    registration: Registration
    began: datetime

    @property
    def since(self) -> str:
        """The moment before the first act of ours, as a filter."""
        return self.began.isoformat()


def newcomer(stories: Stories, identities: Identities, public: Public) -> Newcomer:
    """A new entity, before it has done anything but apply."""
    began = public.time().value.now
    identity = identities.fresh("bidder")
    person = stories.applicant(identity)
    account = person.me().value.id
    return Newcomer(person, account, identities.login_name(), identities.password(), person.registration().value, began)


def registering(journal: Journal, one: Newcomer, stories: Stories) -> None:
    """Log-ins of both ways and changes of key data of an entity, by itself and by who verifies it."""
    person, verifier, about = one.person, stories.verifier(), one.registration.id
    journal.note("choose a password", one.account, lambda: person.set_password(one.login, one.password))
    journal.note("log in by password", one.account, lambda: journal.public.log_in_with_password(one.login, one.password))
    journal.note("log in by certificate", one.account, lambda: journal.public.log_in(person.identity))
    journal.note("change the address", one.account, lambda: person.change_registration({"address": "北京市东城区安定路9号"}), about)
    journal.note("declare", one.account, person.submit_registration, about)
    journal.note("change what waits", one.account, lambda: person.change_registration({"address": "北京市东城区安定路8号"}), about)
    journal.note("verify", verifier.me().value.id, lambda: verifier.verify(one.registration, source="国家企业信用信息公示系统"), about)


def postponing(journal: Journal, tender: Tender) -> None:
    """The owner puts off the deadline, and with it the opening."""
    owner, later = tender.owner, tender.times.bid_deadline + 20 * DAY
    journal.note(
        "put the opening off",
        owner.me().value.id,
        lambda: owner.clarify(tender.section, papers.clarification("开标时间推迟。", influences_preparation=True, new_deadline=later)),
        tender.section.id,
    )


@clause("F-24")
def test_log_ins_and_changes_of_key_data_are_on_record(
    stories: Stories, identities: Identities, public: Public, administrator: Administrator
) -> None:
    """Log-ins of both kinds, failed ones, and changes of an entity, of a relation and of the opening time: each is on record as it was."""
    journal, tender, one = Journal(public), stories.bidding(bidders=1), newcomer(stories, identities, public)
    registering(journal, one, stories)
    postponing(journal, tender)
    a, b = (identities.code() for _ in range(2))
    journal.note("relate two entities", administrator.me().value.id, lambda: administrator.add_relation(a, b, "holding"))
    failed = public.time().value.now
    refused = [public.log_in_with_password(one.login, identities.password()).refused for _ in range(_FAILURES)]
    entries = stories.auditor().audit_entries(since=one.since).value
    records = journal.records(entries)

    assert [act.what for act in journal.acts if act.what not in records] == [], "what we did has left no record of its own"
    kind = records["log in by password"].operation
    failures = [entry for entry in entries if entry.operation == kind and entry.outcome != _ACCEPTED and entry.at >= whole(failed)]
    assert refused == [True] * _FAILURES
    assert len(failures) >= _FAILURES, "failed log-ins have left no record"


@clause("F-25")
def test_a_record_says_when_who_what_about_what_and_how_it_ended(stories: Stories, identities: Identities, public: Public) -> None:
    """Kinds of act are told apart, and of one kind the things they were about, who did them, by name, and whether they were done."""
    journals = [Journal(public), Journal(public)]
    newcomers = [newcomer(stories, identities, public) for _ in journals]
    for journal, one in zip(journals, newcomers, strict=True):
        registering(journal, one, stories)
    entries = stories.auditor().audit_entries(since=newcomers[0].since).value
    (mine, others) = found = [journal.records(entries) for journal in journals]
    kinds = {what: entry.operation for what, entry in mine.items()}

    assert [len(records) for records in found] == [len(journal.acts) for journal in journals], "what we did has left no record of its own"
    assert len({kinds[what] for what in _KINDS}) == len(_KINDS), "acts of different kinds are recorded as one"
    assert {kinds[what] == others[what].operation for what in kinds} == {True}
    assert [entry.get("actor.name") for entry in (mine["declare"], others["declare"])] == [one.person.identity.name for one in newcomers]
    assert mine["declare"].object != others["declare"].object, "what an act was about is not told"
    assert mine["change the address"].outcome != mine["change what waits"].outcome, "what was refused is recorded as what was done"


@clause("F-26")
def test_records_are_found_by_person_thing_and_time_and_counted(stories: Stories, identities: Identities, public: Public) -> None:
    """Asked for one person, one thing or from a moment on, the trail gives just those records, and counts of them what we count."""
    journal, one, other = Journal(public), newcomer(stories, identities, public), newcomer(stories, identities, public)
    registering(journal, one, stories)
    registering(Journal(public), other, stories)
    auditor, halfway = stories.auditor(), journal.acts[3].began
    everything = auditor.audit_entries(since=one.since).value
    of_one = [entry for entry in everything if entry.get("actor.id") == one.account]
    later = [entry for entry in of_one if entry.at >= halfway]
    about = [entry for entry in everything if one.registration.id in (entry.get("object"), entry.get("section"))]
    counted = {(tally.operation, tally.outcome): tally.entries for tally in auditor.audit_statistics(actor=one.account).value}

    assert len({entry.operation for entry in of_one}) > 1
    assert len(later) < len(of_one)
    assert marks(auditor.audit_entries(actor=one.account).value) == marks(of_one)
    assert marks(auditor.audit_entries(actor=one.account, since=halfway.isoformat()).value) == marks(later)
    assert marks(auditor.audit_entries(object=one.registration.id).value) == marks(about)
    assert counted == dict(Counter((entry.operation, entry.outcome) for entry in of_one))


def marks(entries: Iterable[AuditEntry]) -> list[str]:
    """By what records are known, in the order of the trail."""
    return sorted(str(entry.raw) for entry in entries)


@clause("F-27", "SEC-MLPS-3")
def test_nobody_takes_a_record_out_or_changes_it(stories: Stories, identities: Identities, administrator: Administrator) -> None:
    """Not who did it, nor who keeps or watches the platform, nor by deleting the thing it is about: each record reads as it did."""
    person = stories.applicant(identities.fresh("bidder"))
    account, registration = person.me().value.id, person.registration().value
    for address in ("北京市东城区安定路9号", "北京市东城区安定路8号"):
        person.change_registration({"address": address}).require()
    person.change_registration({"name": f"{person.identity.name}改"}).require()
    auditor = stories.auditor()
    before = auditor.audit_entries(actor=account).value
    everybody: Sequence[Person] = (person, stories.tenderee(), stories.verifier(), administrator, stories.supervisor(), auditor)
    for entry in before[:2]:
        for one in everybody:  # how a platform answers to what it does not offer is its own matter
            with suppress(PlatformTrouble, NetworkTrouble):
                one.change_audit_entry(entry, {"outcome": "refused:other", "actor": {"id": "", "name": "", "role": "public"}})
            with suppress(PlatformTrouble, NetworkTrouble):
                one.delete_audit_entry(entry)
    person.change_registration({"name": person.identity.name}).require()
    person.delete_registration().require()
    after = auditor.audit_entries(actor=account).value
    about = auditor.audit_entries(object=registration.id).value

    assert len(before) > 1
    assert set(marks(before)) <= set(marks(after)), "records that were there have gone, or read otherwise"
    assert len(after) > len(before), "what was done since is not on record"
    assert {entry.get("seq") for entry in before if entry.object == registration.id} <= {entry.get("seq") for entry in about}
    assert auditor.verify_audit().value.get("intact") is True


@clause("SEC-MLPS-3")
def test_everybody_who_acted_in_a_tender_is_on_record(stories: Stories) -> None:
    """Owner, verifier, every bidder and every expert of a finished tender have accepted acts of their own in its trail."""
    tender = stories.finished()
    people = dict.fromkeys([tender.owner, tender.tenderee, tender.verifier, *tender.bidders, *tender.experts])
    entries = stories.auditor().audit_entries(object=tender.section.id).value
    acted = {entry.get("actor.id") for entry in entries if entry.outcome == _ACCEPTED}

    assert len(people) > len(tender.bidders)
    assert [person.identity.name for person in people if person.me().value.id not in acted] == []


@clause("SEC-MLPS-3")
def test_those_whom_the_trail_is_about_read_nothing_of_others_in_it(stories: Stories) -> None:
    """The auditor reads a finished tender's trail; tenderee, bidders and experts are refused, or see acts of their own at most."""
    tender = stories.finished()
    concerned: Sequence[Person] = (tender.tenderee, *tender.bidders, tender.experts[0])
    told = []
    for person in concerned:
        answer = person.tries(Auditor.audit_entries)  # type: ignore[arg-type]
        told += [entry.operation for entry in answer.value if entry.get("actor.id") != person.me().value.id] if answer.accepted else []

    assert stories.auditor().audit_entries(object=tender.section.id).value
    assert told == []


@clause("SEC-MLPS-3", "F-17", acquits=False)
def test_no_secret_stands_in_the_trail_nor_can_be_found_by_its_digest(stories: Stories, identities: Identities, public: Public) -> None:
    """Passwords, right and wrong ones, are in no record, neither in clear nor as a plain digest of them or of what was sent."""
    one = newcomer(stories, identities, public)
    secret, wrong = identities.password(), identities.password()
    answers: list[Answer[Any]] = [
        one.person.set_password(one.login, secret),
        public.log_in_with_password(one.login, secret),
        public.log_in_with_password(one.login, wrong),
    ]
    entries = stories.auditor().audit_entries(since=one.since).value
    own = [entry for entry in entries if entry.get("actor.id") == one.account]
    whole_trail = " ".join(str(entry.raw) for entry in entries).lower()
    clear = [*(word.encode() for word in (secret, wrong)), *(f"{one.login}:{word}".encode() for word in (secret, wrong))]

    assert [answer.accepted for answer in answers] == [True, True, False]
    assert len(own) > 1
    assert [word for word in (secret, wrong) if word.lower() in whole_trail] == []
    assert [name for name, found in digests((*clear, *(answer.sent for answer in answers if answer.sent))) if found in whole_trail] == []


def digests(secrets: Iterable[bytes]) -> list[tuple[str, str]]:
    """Plain digests of secrets: the algorithm, and the digest in lower-case hexadecimal."""
    return [(name, hashlib.new(name, secret).hexdigest()) for secret in secrets for name in ("md5", "sha1", "sha256", "sha512", "sm3")]
