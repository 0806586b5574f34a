"""The exchange with the public service platform as a Web service, seen from its other end (接口方式、传输控制、安全防护, D-01 to D-10)."""

import hashlib
import re
from collections.abc import Callable, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from tenderproof.testing import (
    Administrator,
    Exchange,
    ExchangedRecord,
    ExchangeRequest,
    Face,
    InterfaceState,
    Plan,
    PlatformTrouble,
    PublicService,
    Stories,
    Tender,
    clause,
    contradictions,
    papers,
)

# What a trading platform pushes to the public service platform, as items of the certification ask: A-45 (A02, A03), A-54 (A06),
# A-70 (A08), A-114 (A18), B-029 (A22, A23), A-171 (A24), A-184 (A26).
_COURSE = frozenset({"A02", "A03", "A06", "A08", "A18", "A22", "A23", "A24", "A26"})
_LONGEST_NAME, _SHORTEST_CODE = 200, 8
_TEN_THOUSAND = {"1": 1, "2": 10_000}
_AEAD = re.compile(r"(ECDHE|DHE)-.*(GCM|CHACHA20|CCM)")
_A_MOMENT_S = 1.0
_LARGE = {"chapters": [{"no": str(no), "title": f"第{no}章", "text": "大" * 20_000} for no in range(1, 5)]}  # 240,000 octets


class OtherEnd:
    """The other end of the exchange, asked for as long as the plan lets a candidate take."""

    def __init__(self, exchange: Exchange, plan: Plan) -> None:
        self.exchange = exchange
        self._within, self._again = plan.whole("sync_publish_delay_s"), plan.whole("exchange_again_s")

    def comes(self, condition: Callable[[], bool]) -> bool:
        """Whether something comes in time."""
        return self.exchange.eventually(condition, min(self._within, self.exchange.within_s))

    def comes_again(self, condition: Callable[[], bool]) -> bool:
        """Whether something that was not taken comes again in time."""
        return self.exchange.eventually(condition, min(self._again, self.exchange.again_within_s))

    def requests(self, about: str) -> tuple[ExchangeRequest, ...]:
        """What came with a text in it; PlatformTrouble if nothing does in time."""
        if not self.comes(lambda: bool(self.exchange.requests(about))):
            raise PlatformTrouble(f"Nothing about {about} has come to the exchange.")
        return self.exchange.requests(about)

    def requests_or_amiss(self, about: str, since: int, amiss: Callable[[ExchangeRequest], bool]) -> tuple[ExchangeRequest, ...]:
        """Requests with a text in them or, where a sender stays with an earlier one that was refused, what came amiss since."""
        self.comes(lambda: bool(self.exchange.requests(about)) or any(map(amiss, self.exchange.requests("", since))))
        return tuple(filter(amiss, self.exchange.requests("", since))) or self.requests(about)

    def records(self, about: str, *data_sets: str) -> dict[str, list[ExchangedRecord]]:
        """Records with a text in them, by data set; PlatformTrouble if those that are named do not come in time."""
        if not self.comes(lambda: set(data_sets) <= by_data_set(self.exchange.records(about)).keys()):
            raise PlatformTrouble(f"Of {about} there came no {', '.join(data_sets)} to the exchange.")
        return by_data_set(self.exchange.records(about))

    def tried(self, face: Face, since: int) -> bool:
        """Whether the candidate has tried to connect while a face was shown; PlatformTrouble if not. True if it has agreed to it."""
        if not self.comes_again(lambda: any(one.face == face for one in self.exchange.connections(since))):
            raise PlatformTrouble("The candidate does not try to connect with the exchange again.")
        return any(one.face == face and one.outcome == "secured" for one in self.exchange.connections(since))


def by_data_set(records: Iterable[ExchangedRecord]) -> dict[str, list[ExchangedRecord]]:
    """Records by data set."""
    found: dict[str, list[ExchangedRecord]] = {}
    for one in records:
        found.setdefault(one.data_set, []).append(one)
    return found


@pytest.fixture
def other_end(exchange: Exchange, plan: Plan) -> OtherEnd:
    """The other end of the exchange."""
    return OtherEnd(exchange, plan)


def code_of(tender: Tender) -> str:
    """The code of a tender project, which begins the code of each of its sections; PlatformTrouble if the platform tells none."""
    code = tender.tender_project.get("code")
    if not isinstance(code, str) or len(code) < _SHORTEST_CODE:
        raise PlatformTrouble(f"The platform tells no code of a tender project by which its records could be found: {code!r}.")
    return code


def issued(tender: Tender, words: str) -> str:
    """A clarification with words that nobody else has said, which goes out as a record; those words."""
    text = f"{words}（{tender.section.code}）"
    tender.owner.clarify(tender.section, papers.clarification(text)).require()
    return text


@clause("D-01")
def test_records_are_handed_over_as_the_web_service_is_described(stories: Stories, other_end: OtherEnd) -> None:
    """Whatever comes about a tender comes in a SOAP envelope with a message that the description knows."""
    with other_end.exchange.in_service():
        since = other_end.exchange.last()
        requests = other_end.requests_or_amiss(code_of(stories.announced()), since, lambda one: bool(one.faults_of_form))

    assert [one.faults_of_form for one in requests] == [[]] * len(requests)


@clause("D-02")
def test_records_are_xml_that_holds_against_the_schema(stories: Stories, other_end: OtherEnd) -> None:
    """Whatever comes about a tender is XML by the schema of the data items."""
    with other_end.exchange.in_service():
        since, code = other_end.exchange.last(), code_of(stories.announced())
        requests = other_end.requests_or_amiss(code, since, lambda one: not one.is_xml)
        records = other_end.exchange.records(code)

    assert [one.is_xml for one in requests] == [True] * len(requests)
    if not records:
        raise PlatformTrouble("What has come is XML, and no record can be found in it.")
    assert {one.data_set: one.faults_of_form for one in records if one.faults_of_form} == {}


@clause("D-03")
def test_times_amounts_texts_codes_and_files_can_be_exchanged(stories: Stories, other_end: OtherEnd) -> None:
    """What comes has the section's estimate, the notice's times and text, and the document's file with its digest."""
    with other_end.exchange.in_service():
        tender = stories.bidding(bidders=1)
        records = other_end.records(code_of(tender), "A03", "A06", "A08")
        files = [file for one in records["A08"] for file in files_of(other_end.exchange, one)]

    assert [estimate(one.items) for one in records["A03"]] == [tender.facts.estimate] * len(records["A03"])
    assert {one.items.get("A060001") for one in records["A06"]} == {written(tender.times.document_from)}
    assert all("道路施工" in one.items.get("A060004", "") for one in records["A06"])
    assert {one.items.get("A030001") for one in records["A08"]} == {tender.section.code}
    assert [fits(file) for file in files] == [True] * max(1, len(files))


def files_of(exchange: Exchange, document: ExchangedRecord) -> list[ExchangedRecord]:
    """The records of files that are tied to a document's record by a number, each once."""
    tied = [document.items[name] for name in ("E010003", "A080009") if document.items.get(name)]
    return [file for number in tied for file in exchange.records(number) if file.data_set == "E01" and file.state != "repeated"]


def fits(file: ExchangedRecord) -> bool:
    """Whether a file came with its record, as its digest says."""
    attached = file.attachment or b""
    return bool(attached) and hashlib.md5(attached, usedforsecurity=False).hexdigest() == file.items.get("E010006", "").lower()


def estimate(items: dict[str, str]) -> Decimal | None:
    """A section's estimate in yuan, in whichever unit it came."""
    unit = _TEN_THOUSAND.get(items.get("A030007", ""))
    return Decimal(items["A030005"]) * unit if unit and items.get("A030005") else None


def written(moment: datetime) -> str:
    """YYYYMMDDhhmmss."""
    return f"{moment:%Y%m%d%H%M%S}"


def taken(records: Iterable[ExchangedRecord]) -> set[str]:
    """The data sets of which a record was taken."""
    return {one.data_set for one in records if one.state in {"accepted", "repeated"}}


@clause("D-04")
def test_every_data_set_of_a_tender_comes(stories: Stories, other_end: OtherEnd) -> None:
    """From the tender project to the contract, a record of each data set has come and was taken."""
    with other_end.exchange.in_service():
        code = code_of(stories.known("contracted"))
        other_end.comes(lambda: taken(other_end.exchange.records(code)) >= _COURSE)

        assert _COURSE - taken(other_end.exchange.records(code)) == set()


@clause("D-05")
def test_data_items_and_codes_follow_their_rules_and_build_on_one_another(stories: Stories, other_end: OtherEnd) -> None:
    """Every item is in the form that it must have, and codes, names and prices are the same wherever they come again."""
    with other_end.exchange.in_service():
        tender = stories.known("awarded")
        records = other_end.records(code_of(tender), "A03", "A24")
    came = [one for found in records.values() for one in found]

    assert [f"{one.data_set} {fault}" for one in came for fault in one.faulty_items] == []
    assert [misfits(tender, one.data_set, one.items) for one in came] == [[]] * len(came)
    assert contradictions(came) == []


def misfits(tender: Tender, data_set: str, items: dict[str, str]) -> list[str]:
    """What of a record does not fit the tender."""
    known = {"A020001": code_of(tender), "A030001": tender.section.code, "A030002": str(tender.section.get("name"))}
    return [f"{data_set} {item}" for item, value in known.items() if items.get(item, value) != value]


@clause("D-06")
def test_what_is_not_valid_is_held_back(stories: Stories, other_end: OtherEnd) -> None:
    """A section whose name is longer than its item may be is refused on entry or not sent; what is announced with it is."""
    with other_end.exchange.in_service():
        tender = stories.created()
        paper = papers.section(tender.facts).but(name="长" * (_LONGEST_NAME + 1))
        long = tender.owner.create_section(tender.tender_project, paper)
        sections = [tender.section.id, *([long.value.id] if long.accepted else [])]
        submitted = tender.owner.announce(tender.tender_project, papers.notice(tender).but(section_ids=sections)).value
        tender.verifier.review_notice(submitted).require()
        records = other_end.records(code_of(tender), "A03", "A06")

    assert [f"{one.data_set}: {one.faults_of_form}" for found in records.values() for one in found if one.faults_of_form] == []


@clause("D-06")
def test_what_was_damaged_on_the_way_or_has_no_receipt_comes_again_and_is_kept_once(stories: Stories, other_end: OtherEnd) -> None:
    """A receipt for something else, an answer that is none, a receipt that was lost: it comes again, or its receipt is asked for."""
    exchange, tender = other_end.exchange, stories.bidding(bidders=1)
    with exchange.in_service():
        damaged = ordered(exchange, tender, "途中损坏的记录", "damage")
        other_end.requests(damaged)
        assert other_end.comes_again(lambda: "accepted" in states(exchange, damaged))

        # apart from the others: what shares a request with them comes again for their sake
        unanswered = ordered(exchange, tender, "应答无法识别的记录", "garbage")
        lost = ordered(exchange, tender, "回执丢失的记录", "lose_receipt")
        for text in (unanswered, lost):
            other_end.requests(text)
            name = exchange.records(text)[0].id
            assert other_end.comes_again(lambda name=name: len(exchange.requests(name)) > 1)  # type: ignore[misc]
        assert [states(exchange, text).count("accepted") for text in (damaged, unanswered, lost)] == [1, 1, 1]


def ordered(exchange: Exchange, tender: Tender, words: str, do: Any) -> str:
    """A clarification whose record, or the request with it, fares badly once."""
    exchange.order(do, words)
    return issued(tender, words)


def states(exchange: Exchange, about: str) -> list[str]:
    """What became of a record each time that it came, first to last."""
    return [one.state for one in exchange.records(about)]


@clause("D-07")
@pytest.mark.waits
def test_many_records_at_once_and_a_large_one_come_whole(stories: Stories, other_end: OtherEnd, plan: Plan) -> None:
    """While the exchange is out of service, as many records wait as there may be users; then all come, and once. So does a large file."""
    exchange, many = other_end.exchange, plan.whole("concurrent_users")
    tender = stories.bidding(bidders=1, document_facts=_LARGE)
    with exchange.alone():
        other_end.records(tender.section.code, "A08")  # that came before: what happens afterwards is about the rest
        exchange.present(down=True)
        texts = [issued(tender, f"并发记录{number:03d}") for number in range(many)]
        exchange.present()
        other_end.comes_again(lambda: len(accepted(exchange, tender, texts)) >= many)

        assert accepted(exchange, tender, texts) == sorted(texts)
        documents = [one for one in other_end.records(tender.section.code, "A08")["A08"] if one.state == "accepted"]  # again is lawful
        assert [fits(file) for one in documents for file in files_of(exchange, one)] == [True]


def accepted(exchange: Exchange, tender: Tender, texts: list[str]) -> list[str]:
    """Which of these texts have come in a record that was taken, each as often as it was."""
    came = [one.items.get("A110001", "") for one in exchange.records(tender.section.code) if one.state == "accepted"]
    return sorted(text for text in came if text in texts)


@clause("D-08")
def test_both_sides_show_who_they_are(stories: Stories, other_end: OtherEnd) -> None:
    """What comes is under a certificate; to a port that shows another's, an unknown issuer's or an expired one nothing is said."""
    exchange, tender = other_end.exchange, stories.bidding(bidders=1)
    with exchange.alone():
        met = other_end.requests_or_amiss(issued(tender, "先出示证书的记录"), exchange.last(), lambda one: not one.client)
        assert [bool(one.client) for one in met] == [True] * len(met)

        text = ""
        for face in ("unknown_issuer", "other_name", "expired"):
            since = exchange.last_connection()
            exchange.present(face)
            text = text or issued(tender, "不得发给冒充者的记录")
            assert not heard(other_end, face, since, text)
        exchange.present()
        assert other_end.comes_again(lambda: bool(exchange.records(text)))


def heard(other_end: OtherEnd, face: Face, since: int, text: str) -> bool:
    """Whether a text was told to whoever showed a face; the candidate must have tried."""
    if not other_end.tried(face, since):
        return False
    return other_end.exchange.eventually(lambda: bool(other_end.exchange.requests(text)), _A_MOMENT_S)


@clause("D-10")
def test_nothing_goes_in_plain_or_over_a_protocol_that_is_broken(
    stories: Stories, other_end: OtherEnd, public_service: PublicService, plan: Plan
) -> None:
    """Records and pushes come over TLS 1.2 or better with a sound suite; where the other side offers TLS 1.1 alone, nothing is said."""
    exchange, tender = other_end.exchange, stories.bidding(bidders=1)
    with exchange.alone():
        since = exchange.last_connection()
        first = issued(tender, "只走安全通道的记录")
        other_end.comes(lambda: bool(exchange.requests(first)) or bool(in_plain(exchange, since, first)))
        assert in_plain(exchange, since, first) == []
        came = [(one.tls, one.cipher) for one in other_end.requests(first)]
        pushed = [(one.get("tls"), one.get("cipher")) for one in public_service.provided("tender_project", tender.tender_project.id)]
        assert [over for over in (*came, *pushed) if not sound(over, str(plan.value("allowed_suites")))] == []

        since = exchange.last_connection()
        exchange.present("old_protocol")
        second = issued(tender, "不得走旧协议的记录")
        assert not heard(other_end, "old_protocol", since, second)
        exchange.present()
        assert other_end.comes_again(lambda: bool(exchange.records(second)))


def in_plain(exchange: Exchange, since: int, text: str) -> list[str]:
    """What was said in plain at the port and has a text in it."""
    return [one.said for one in exchange.connections(since) if one.outcome == "plain" and text in one.said]


def sound(over: tuple[Any, Any], allowed: str) -> bool:
    """Whether a connection is secured: by a suite that the plan allows, or by TLS 1.2 with forward secrecy and authenticated encryption."""
    tls, cipher = over
    return bool(cipher) and (f"'{cipher}'" in allowed or (tls == "TLSv1.2" and bool(_AEAD.match(cipher))))


@clause("D-09")
def test_whoever_runs_the_platform_sees_how_its_interfaces_do(stories: Stories, other_end: OtherEnd, administrator: Administrator) -> None:
    """In use it is shown as running, out of service as stopped, with what waits; what was refused is shown with the reason."""
    exchange, tender = other_end.exchange, stories.bidding(bidders=1)
    reason = f"数据项与登记不一致{tender.section.code}"
    with exchange.alone():
        other_end.requests(issued(tender, "通路正常时的记录"))
        assert other_end.comes(lambda: "running" in shown(administrator))

        exchange.present(down=True)
        waits = issued(tender, "停用期间等待的记录")
        assert other_end.comes_again(lambda: any(one.state == "stopped" and one.waiting > 0 for one in states_of(administrator)))

        exchange.present()
        assert other_end.comes_again(lambda: bool(exchange.records(waits)))
        exchange.order("refuse", "被拒收的记录", words=reason)
        other_end.requests(issued(tender, "被拒收的记录"))
        assert other_end.comes(lambda: reason in refused(administrator))
        assert other_end.comes(lambda: "stopped" not in shown(administrator))


def states_of(administrator: Administrator) -> tuple[InterfaceState, ...]:
    """The interfaces, as who runs the platform sees them."""
    return administrator.interface_states().value


def shown(administrator: Administrator) -> set[str]:
    """The states that are shown."""
    return {one.state for one in states_of(administrator)}


def refused(administrator: Administrator) -> str:
    """All reasons that are shown for what was refused."""
    return str([one.get("reasons") for state in states_of(administrator) for one in state.not_taken if one.state == "refused"])
