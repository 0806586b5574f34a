"""The data items as an XML Schema 1.0: one document, one namespace, every object a type and an element of its own."""

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from data_items.types import BLANKS, Type, name_of, types
from tenderproof.spec.data_items.catalogue import Catalogue, DataObject, Field
from tenderproof.spec.data_items.notation import Kind

NAMESPACE = "https://tenderproof.example/data-items/2015"
_HEAD = f"""<?xml version="1.0" encoding="UTF-8"?>
<!-- Written by `make data-items` from specs/data-items and specs/codes: change those. -->
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="{NAMESPACE}"
           targetNamespace="{NAMESPACE}" elementFormDefault="qualified">
  <xs:annotation>
    <xs:documentation xml:lang="zh">交易平台数据项（检测技术规范 2015版 附件3）：对象和数据项以其编号为元素名，次序不限。</xs:documentation>
    <xs:documentation xml:lang="en">Data items of a trading platform (testing specification of 2015, annex 3): objects and items are
    elements named by their numbers, in any order. What a schema cannot say (check characters, pinned lists, consistency) is judged
    beside it.</xs:documentation>
  </xs:annotation>
"""


def xsd(catalogue: Catalogue) -> str:
    """The schema, as text."""
    objects = list(catalogue.objects.values())
    parts = [_HEAD, *(_simple_type(one) for one in types(catalogue)), *(_object(one) for one in objects), _whole(objects), "</xs:schema>\n"]
    return "".join(parts)


def _simple_type(one: Type) -> str:
    if one.may_be_empty:
        empty = '<xs:simpleType><xs:restriction base="xs:string"><xs:length value="0"/></xs:restriction></xs:simpleType>'
        return f'  <xs:simpleType name="{one.name}"><xs:union memberTypes="{one.base}">{empty}</xs:union></xs:simpleType>\n'
    facets = "".join(f"<xs:{name} value={quoteattr(value)}/>" for name, value in _facets(one))
    base = one.base or "xs:string"
    return f'  <xs:simpleType name="{one.name}"><xs:restriction base="{base}">{facets}</xs:restriction></xs:simpleType>\n'


def _facets(one: Type) -> Iterator[tuple[str, str]]:
    if one.notation and one.notation.kind is Kind.TEXT:
        yield "minLength", str(one.notation.shortest)
        if one.notation.longest is not None:
            yield "maxLength", str(one.notation.longest)
        yield "pattern", f"[{BLANKS}]*[^{BLANKS}][\\s\\S]*"
    if one.pattern:
        yield "pattern", one.pattern


def _object(one: DataObject) -> str:
    words = "".join(f'<xs:documentation xml:lang="{lang}">{escape(one.name[lang])}</xs:documentation>' for lang in ("zh", "en"))
    fields = "".join(_field(field) for field in one.fields)
    return (
        f'  <xs:complexType name="{one.code}">\n    <xs:annotation>{words}</xs:annotation>\n    <xs:all>\n{fields}    </xs:all>\n'
        f'  </xs:complexType>\n  <xs:element name="{one.code}" type="{one.code}"/>\n'
    )


def _field(field: Field) -> str:
    least = "" if field.required else ' minOccurs="0"'
    return (
        f'      <xs:element name="{field.id}" type="{name_of(field)}"{least}>'
        f'<xs:annotation><xs:documentation xml:lang="zh">{escape(field.name)}</xs:documentation></xs:annotation></xs:element>\n'
    )


def _whole(objects: list[DataObject]) -> str:
    choice = "".join(f'        <xs:element ref="{one.code}"/>\n' for one in objects)
    return (
        '  <xs:element name="DataItems">\n    <xs:complexType>\n      <xs:choice maxOccurs="unbounded">\n'
        f"{choice}      </xs:choice>\n    </xs:complexType>\n  </xs:element>\n"
    )
