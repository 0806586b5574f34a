"""What comes as XML is read without trust, and held against the XSD."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.spec.data_items.xml_binding import DEEPEST, NAMESPACE, Unreadable, objects_in, read_xml, schema_faults, write_xml
from tests.data_items import SPECS, sound

HEAD = f'<DataItems xmlns="{NAMESPACE}">'
values = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff", min_codepoint=0x20), min_size=1) | st.just(
    "a\r\n\tb"
)


@given(value=values)
def test_what_is_written_is_read_back(value: str) -> None:
    objects = [("A01", {"A010002": value, "A010004": "北京市"}), ("A03", {"A030003": "标段"})]

    assert [*objects_in(read_xml(write_xml(objects)))] == objects


def test_a_sound_object_is_valid_and_the_xsd_names_what_is_not() -> None:
    assert schema_faults(read_xml(write_xml([("A01", sound("A01"))])), SPECS) == []
    (fault,) = schema_faults(read_xml(write_xml([("A01", sound("A01", A010001="E4101000001000000"))])), SPECS)
    assert "A010001" in fault


BOMB = '<!DOCTYPE a [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("document", "told"),
    [
        (f"{BOMB}{HEAD}<A01>&b;</A01></DataItems>", "document type"),
        (f'<!DOCTYPE a SYSTEM "file:///etc/passwd">{HEAD}</DataItems>', "document type"),
        (f'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>{HEAD}<A01>&x;</A01></DataItems>', "document type"),
        (f"<!DOCTYPE a>{HEAD}</DataItems>", "document type"),
        (f"{HEAD}&nbsp;</DataItems>", "no XML"),
        (f"{HEAD}<A01></DataItems>", "no XML"),
        ("", "no XML"),
        ("no xml", "no XML"),
        ("<a>" * (DEEPEST + 1) + "</a>" * (DEEPEST + 1), "deeper than"),
        ('<?xml version="1.0" encoding="GBK"?><a/>', "calls itself GBK"),
    ],
)
def test_what_could_do_harm_is_not_read(document: str, told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        read_xml(document.encode())


def test_only_utf_8_of_a_bounded_size_is_read() -> None:
    with pytest.raises(Unreadable, match="UTF-8"):
        read_xml("<a>标段</a>".encode("utf-16"))
    with pytest.raises(Unreadable, match="UTF-8"):
        read_xml("<a>标段</a>".encode("gbk"))
    assert read_xml(b"<a>1</a>", largest=8).text == "1"
    with pytest.raises(Unreadable, match="9 octets"):
        read_xml(b"<a>12</a>", largest=8)


def test_as_deep_as_is_allowed_is_read_and_what_looks_like_a_document_type_is_text() -> None:
    assert read_xml(b"<a>" * DEEPEST + b"</a>" * DEEPEST).tag == "a"
    text = "<!DOCTYPE html><p>公告</p>"
    assert [*objects_in(read_xml(f"{HEAD}<A06><A060004><![CDATA[{text}]]></A060004></A06></DataItems>".encode()))] == [
        ("A06", {"A060004": text})
    ]


def test_an_item_that_holds_elements_is_no_text() -> None:
    root = read_xml(f"{HEAD}<A01><A010002>a<b/></A010002></A01></DataItems>".encode())

    assert [*objects_in(root)] == [("A01", {"A010002": None})]
    assert schema_faults(root, SPECS)
