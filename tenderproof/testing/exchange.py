"""The exchange (数据交换) with the public service platform as a Web service, seen and steered from its other end.

What came is judged here as it came: its envelope by the published description, each record by the schema and the rules of the data items.
"""
# ruff: noqa: ARG002 - what is not declared takes its arguments all the same

import base64
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Literal

from lxml import etree

from tenderproof import content
from tenderproof.spec.data_items.consistency import Rule, cases, disagreements, load_rules
from tenderproof.spec.data_items.judging import findings
from tenderproof.spec.data_items.xml_binding import NAMESPACE, Unreadable, read_xml, schema_faults
from tenderproof.testing.answers import Moment, Number, Record, Text
from tenderproof.testing.data_items import catalogue
from tenderproof.vocabulary import Blame, Missing

Face = Literal["genuine", "unknown_issuer", "other_name", "expired", "old_protocol"]
Misconduct = Literal["unavailable", "late", "garbage", "lose_receipt", "refuse", "damage"]
_SOAP = ("http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope")
_LARGEST = 32 * 1024 * 1024  # octets of a request


class Carried(Record):
    """Anything that came over a connection: the TLS version, its cipher suite and the certificate's subject that was shown, or ""."""

    tls = Text()
    cipher = Text()
    client = Text()


class ExchangedRecord(Carried):
    """A record of a data set as it came, each time that it came: ``arrival`` numbers the request, ``state`` is what became of it.

    State: accepted, repeated (known already), refused, or damaged (on the way, on our order).
    """

    needed = ("arrival", "id", "data_set", "state", "content")
    arrival = Number()
    id = Text()
    data_set = Text()
    state = Text()
    content = Text()
    sha256 = Text()
    received_at = Moment()

    @property
    def attachment(self) -> bytes | None:
        """The file that came with it."""
        given = self.get("attachment")
        return base64.b64decode(given) if isinstance(given, str) else None

    @property
    def items(self) -> dict[str, str]:
        """The items by their numbers; none of what is no XML."""
        try:
            root = read_xml(self.content.encode())
        except Unreadable:
            return {}
        return {etree.QName(child).localname: child.text or "" for child in root.iterchildren(tag=etree.Element)}

    @property
    def faults_of_form(self) -> list[str]:
        """What the schema of the data items says against it, a sentence each."""
        try:
            root = read_xml(self.content.encode())
        except Unreadable as error:
            return [str(error)]
        if root.tag != f"{{{NAMESPACE}}}{self.data_set}":
            return [f"The record is to be {self.data_set}, and its element is {root.tag}."]
        return schema_faults(root, content.specs_dir())

    @property
    def faulty_items(self) -> list[str]:
        """What the rules of data items and codes say against it, beyond any doubt: the item and its fault."""
        kind = catalogue().objects.get(self.data_set)
        if kind is None:
            return [f"{self.data_set}: unknown"]
        return [f"{one.item}: {one.fault.value}" for one in findings(kind, self.items) if one.convicts]


class ExchangeRequest(Carried):
    """A request at the exchange as it came, whatever it is; ``octets`` is its body."""

    needed = ("ordinal",)
    ordinal = Number()
    outcome = Text()
    status = Number()
    content_type = Text()

    @property
    def octets(self) -> bytes:
        """What was sent."""
        return base64.b64decode(str(self.get("octets") or ""))

    @property
    def is_xml(self) -> bool:
        """Whether it is XML at all."""
        try:
            read_xml(self.octets, largest=_LARGEST)
        except Unreadable:
            return False
        return True

    @property
    def faults_of_form(self) -> list[str]:
        """What the description of the Web service says against it: SOAP 1.1 or 1.2, document/literal, with a message that it knows."""
        try:
            root = read_xml(self.octets, largest=_LARGEST)
        except Unreadable as error:
            return [str(error)]
        name = etree.QName(root)
        if name.localname != "Envelope" or name.namespace not in _SOAP:
            return [f"The request is no SOAP envelope: its element is {root.tag}."]
        body = root.find(f"{{{name.namespace}}}Body")
        if body is None or len(body) != 1:
            return ["The envelope's body does not hold one message."]
        schema = _messages()
        return [] if schema.validate(body[0]) else [f"{entry.path}: {entry.message}" for entry in schema.error_log]


class Connection(Carried):
    """A connection to the exchange's port as it came about: ``face`` was shown to who came; secured, failed (``trouble``) or plain."""

    needed = ("ordinal", "face", "outcome")
    ordinal = Number()
    face = Text()
    outcome = Text()
    trouble = Text()
    said = Text()


@cache
def _rules() -> tuple[Rule, ...]:
    return load_rules(content.specs_dir(), catalogue())


def contradictions(records: Iterable[ExchangedRecord]) -> list[str]:
    """Where records of tenders contradict one another by the rules of annex 3: the rule, the data set and what it says."""
    found = cases((one.data_set, one.items) for one in records).values()
    return [f"{one.rule} {one.code} {dict(one.says)}" for case in found for one in disagreements(_rules(), case)]


@cache
def _messages() -> Any:
    return etree.XMLSchema(etree.parse(content.specs_dir() / "exchange" / "messages.xsd"))


class Exchange:
    """Where none is declared there is nothing to see and nothing to steer: Missing."""

    @property
    def within_s(self) -> float:
        """The longest that the candidate takes to hand something over, by its own word."""
        raise _missing()

    @property
    def again_within_s(self) -> float:
        """The longest until the candidate sends again what was not taken, by its own word."""
        raise _missing()

    def last(self) -> int:
        """The number of the last request that came: what comes later is after it."""
        raise _missing()

    def last_connection(self) -> int:
        """The number of the last connection."""
        raise _missing()

    def records(self, about: str, since: int = 0) -> tuple[ExchangedRecord, ...]:
        """Records that contain a text, each time that one came, after a request."""
        raise _missing()

    def requests(self, about: str, since: int = 0) -> tuple[ExchangeRequest, ...]:
        """Requests that contain a text, with their octets, after a request."""
        raise _missing()

    def connections(self, since: int = 0) -> tuple[Connection, ...]:
        """Connections after one."""
        raise _missing()

    def eventually(self, condition: Callable[[], bool], within_s: float) -> bool:
        """Whether a condition comes true in time; it is tried again and again."""
        raise _missing()

    def present(self, face: Face = "genuine", *, down: bool = False) -> None:
        """Show a face from now on, and be out of service or not; only while nobody else needs the exchange (``alone``)."""
        raise _missing()

    def order(self, do: Misconduct, about: str, *, times: int = 1, seconds: float = 0.0, words: str = "") -> None:
        """What is done to the next requests or records that contain a text; ``words`` is the reason of a refusal."""
        raise _missing()

    @contextmanager
    def in_service(self) -> Iterator[None]:
        """Nobody disturbs the exchange meanwhile."""
        raise _missing()
        yield

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else needs the exchange meanwhile; at the end it is in service, with its own face."""
        raise _missing()
        yield


def _missing() -> Missing:
    return Missing(
        "the declaration names no exchange with a public service platform (counterparts.public_service.exchange)", Blame.DECLARATION
    )
