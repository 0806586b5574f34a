"""What of an interface a finding of schemathesis shows to be broken: the narrowest of what it could be, and never more than one.

A data item is told by the document (``x-data-item``). Its value is *uncoded* only if it is neither as published nor right by what annex 3
says of every item that the place names, in whatever way it is commonly written; all else is a matter between document and answer.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from tenderproof.spec.data_items.catalogue import Field
from tenderproof.spec.data_items.faults import REMARKS, Fault
from tenderproof.spec.data_items.notation import Kind
from tenderproof.testing.data_items import catalogue
from tenderproof.testing.interface import Breach

if TYPE_CHECKING:
    from schemathesis.core.failures import Failure

_PAGES = ("text/html", "application/xhtml+xml", "application/pdf", "image/")


def breach(failure: "Failure", status: int, *, served: bool) -> Breach:
    """What is broken, by a finding on an answer with a status; ``served`` says whether it was given to one whom the operation is for."""
    from schemathesis.core import failures  # noqa: PLC0415 - slow to import, and only needed here
    from schemathesis.openapi import checks  # noqa: PLC0415

    match failure:
        case failures.ServerError() | failures.ContentTypeServerError():
            return Breach.CLOSED
        case failures.MalformedJson() | checks.ContentDeserializationError():
            return Breach.PAGE if served and _gives(status) else Breach.UNPUBLISHED
        case checks.UndefinedContentType():
            page = _is_page(failure.content_type) and not any(_is_page(kind) for kind in failure.defined_content_types)
            return Breach.PAGE if page and served and _gives(status) else Breach.UNPUBLISHED
        case checks.JsonSchemaError() if failure.message and is_uncoded(failure.schema, failure.instance):
            return Breach.UNCODED
        case _:
            return Breach.UNPUBLISHED


def is_uncoded(schema: Mapping[str, Any], value: object) -> bool:
    """Whether a value that is not as its schema says is wrong by the uniform standard too, by every item that the schema names."""
    named = schema.get("x-data-item")
    fields = [_fields().get(str(item)) for item in named] if isinstance(named, list) else []
    return bool(fields) and all(field is not None and _speaks_against(field, value) for field in fields)


def _speaks_against(field: Field, value: object) -> bool:
    """Beyond doubt: null, a list or an object is no matter of codes, and a number may be written as one."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return False
    text, kind = str(value), field.notation.kind
    if field.code:
        faults = [fault for code in field.codes(text) if (fault := field.code.fault(code))]
        return any(fault not in REMARKS for fault in faults)
    if kind is Kind.NUMBER:
        return isinstance(value, str) and field.notation.fault(text) is Fault.NOTATION
    return kind is not Kind.TEXT and not _is_iso(text) and field.notation.fault(text) is not None


def _is_iso(text: str) -> bool:
    """Whether it is a time as ISO 8601 (GB/T 7408) writes it."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _gives(status: int) -> bool:
    return HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES


def _is_page(media_type: str) -> bool:
    return media_type.strip().lower().startswith(_PAGES)


@cache
def _fields() -> Mapping[str, Field]:
    return {field.id: field for kind in catalogue().objects.values() for field in kind.fields}
