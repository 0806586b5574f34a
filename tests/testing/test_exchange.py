import base64
from collections.abc import Callable
from typing import Any

import pytest

from tenderproof.testing import ExchangedRecord, ExchangeRequest, contradictions
from tenderproof.testing.exchange import Exchange
from tenderproof.vocabulary import Blame, Missing

ITEMS = "https://tenderproof.example/data-items/2015"
CODE = "A1101010001000001001"
SECTION = {
    "A020001": CODE, "A030001": f"{CODE}001", "A030002": "一标段", "A030003": "道路施工", "A030004": "A070100", "A030005": "10000000.00",
    "A030006": "CNY", "A030007": "1", "A030008": "无",
}  # fmt: skip
RECORD = {"arrival": 1, "id": "r1", "data_set": "A03", "state": "accepted", "tls": "TLSv1.3", "cipher": "", "client": ""}
SOAP_11, SOAP_12 = "http://schemas.xmlsoap.org/soap/envelope/", "http://www.w3.org/2003/05/soap-envelope"


def content(data_set: str = "A03", namespace: str = ITEMS, **changes: str) -> str:
    items = "".join(f"<{name}>{value}</{name}>" for name, value in {**SECTION, **changes}.items())
    return f'<{data_set} xmlns="{namespace}">{items}</{data_set}>'


def record(told: str, **more: Any) -> ExchangedRecord:
    return ExchangedRecord.read({**RECORD, "content": told, **more})


def request(octets: str) -> ExchangeRequest:
    return ExchangeRequest.read({"ordinal": 1, "octets": base64.b64encode(octets.encode()).decode()})


def envelope(message: str, soap: str = SOAP_11) -> str:
    return f'<s:Envelope xmlns:s="{soap}"><s:Body>{message}</s:Body></s:Envelope>'


def deliver(told: str) -> str:
    return (
        f'<deliver xmlns="urn:tenderproof:exchange:1" id="d"><record id="r" dataSet="A03" digest="{"0" * 64}">'
        f"<content>{told}</content></record></deliver>"
    )


ASKED: dict[str, Callable[[Exchange], Any]] = {
    "again_within_s": lambda exchange: exchange.again_within_s,
    "within_s": lambda exchange: exchange.within_s,
    "last": lambda exchange: exchange.last(),
    "last_connection": lambda exchange: exchange.last_connection(),
    "records": lambda exchange: exchange.records("x"),
    "requests": lambda exchange: exchange.requests("x"),
    "connections": lambda exchange: exchange.connections(),
    "eventually": lambda exchange: exchange.eventually(bool, 1),
    "present": lambda exchange: exchange.present(),
    "order": lambda exchange: exchange.order("late", "x"),
    "in_service": lambda exchange: exchange.in_service().__enter__(),
    "alone": lambda exchange: exchange.alone().__enter__(),
}


@pytest.mark.parametrize("what", ASKED)
def test_where_none_is_declared_nothing_is_seen_or_steered_and_the_reason_names_the_declaration(what: str) -> None:
    with pytest.raises(Missing, match=r"counterparts\.public_service\.exchange") as missing:
        ASKED[what](Exchange())

    assert missing.value.blame == Blame.DECLARATION


def test_a_sound_record_has_its_items_and_no_faults() -> None:
    sound = record(content())

    assert (sound.items, sound.faults_of_form, sound.faulty_items) == (SECTION, [], [])


@pytest.mark.parametrize(
    ("told", "of_form", "of_items"),
    [
        (content(A030001=f"{CODE}01"), "A030001", ["A030001: length"]),
        (content(A030007="3"), "A030007", ["A030007: code"]),
        (content(A999999="1"), "A999999", ["A999999: unknown"]),
        (content("A08"), "is to be A03", None),
        (content(namespace="urn:other"), "is to be A03", None),
        ("{}", "no XML", None),
        ('<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "DOCTYPE", None),
    ],
)
def test_what_is_wrong_with_a_record_is_said(told: str, of_form: str, of_items: list[str] | None) -> None:
    wrong = record(told)

    assert of_form in str(wrong.faults_of_form)
    assert of_items is None or wrong.faulty_items == of_items


def test_a_data_set_that_nobody_knows_is_a_fault() -> None:
    assert record(content(), data_set="Z99").faulty_items == ["Z99: unknown"]


def test_records_of_one_tender_are_held_against_one_another() -> None:
    project = f'<A02 xmlns="{ITEMS}"><A020001>{CODE[:-1]}2</A020001></A02>'
    apart = record(content(A020001=CODE[:-1] + "2", A030001=CODE + "001"))

    assert contradictions([record(content())]) == []
    assert contradictions([record(project.replace("2</A020001>", "1</A020001>"), data_set="A02"), record(content())]) == []
    assert "R02 A03" in str(contradictions([record(project.replace("2</A020001>", "1</A020001>"), data_set="A02"), apart]))


def test_whether_a_request_is_xml_at_all_is_known() -> None:
    assert request(content()).is_xml
    assert not request('{"json": true}').is_xml


def test_a_file_comes_with_its_record_or_not() -> None:
    assert record(content(), attachment=base64.b64encode(b"file").decode()).attachment == b"file"
    assert record(content(), attachment=None).attachment is None


@pytest.mark.parametrize("soap", [SOAP_11, SOAP_12])
def test_a_message_in_an_envelope_of_either_version_follows_the_description(soap: str) -> None:
    assert request(envelope(deliver(content()), soap)).faults_of_form == []


@pytest.mark.parametrize(
    ("octets", "said"),
    [
        (content(), "no SOAP envelope"),
        ("{}", "no XML"),
        (envelope(""), "one message"),
        (envelope(deliver(content()) * 2), "one message"),
        (envelope("<submit/>"), "No matching global declaration"),
        (envelope(deliver(content()).replace('dataSet="A03"', "")), "dataSet"),
        (envelope(deliver(content()), "urn:other"), "no SOAP envelope"),
        ('<!DOCTYPE a [<!ENTITY x "y">]>' + envelope("<a>&x;</a>"), "DOCTYPE"),
    ],
)
def test_anything_else_does_not(octets: str, said: str) -> None:
    assert said in str(request(octets).faults_of_form)
