"""The types of the data items: each distinct pair of notation and code once, with what both schema languages say of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from tenderproof.spec.data_items.catalogue import ANY, ANY_SEPARATORS, Catalogue, Field
from tenderproof.spec.data_items.notation import DAY_PATTERN, MOMENT_PATTERN, Kind, Notation

BLANKS = " \\t\\n\\r\u3000"


@dataclass(frozen=True)
class Type:
    """A named type. ``base`` is the name of the type that it narrows; ``pattern`` holds for the whole value."""

    name: str
    base: str = ""
    notation: Notation | None = None
    pattern: str = ""
    may_be_empty: bool = False


def types(catalogue: Catalogue) -> list[Type]:
    """All types, each after the one that it narrows, in the order of the alphabet."""
    fields = [field for kind in catalogue.objects.values() for field in kind.fields]
    found = {one.name: one for field in fields for one in _of(field)}
    return sorted(found.values(), key=lambda one: (len(one.name.split("_")), one.name))


def name_of(field: Field) -> str:
    """The name of a field's type: notation, code, and what else sets it apart."""
    return list(_of(field))[-1].name


def _of(field: Field) -> Iterable[Type]:
    written = "T." + field.notation.written.replace(",", "-")  # objects have names like C10, too
    found = Type(written, notation=field.notation, pattern=_pattern(field.notation))
    yield found
    if field.code and field.code.pattern:
        marks = "several_" if field.several else ""
        found = Type(f"{written}_{marks}{re.sub('[ /]', '', field.code.id)}", base=written, pattern=_several(field))
        yield found
    if field.least is not None:
        found = Type(f"{found.name}_least_{field.least}", base=found.name, pattern="[0-9.]+")
        yield found
    if not field.required:
        yield Type(f"{found.name}_or_empty", base=found.name, may_be_empty=True)


def _several(field: Field) -> str:
    assert field.code is not None  # noqa: S101 - for the type checker; the caller has asked
    one = field.code.pattern
    if not field.several:
        return one
    between = f"[{ANY_SEPARATORS}]+" if field.several == ANY else field.several
    return f"({one})({between}({one}))*({between})?"


def _pattern(notation: Notation) -> str:
    if notation.kind is Kind.DAY:
        return DAY_PATTERN
    if notation.kind is Kind.MOMENT:
        return MOMENT_PATTERN
    if notation.kind is Kind.TEXT or notation.longest is None:
        return ""
    digits = [f"[0-9]{{1,{notation.longest - part}}}" + (f"\\.[0-9]{{{part}}}" if part else "") for part in range(notation.decimals + 1)]
    return f"-?({'|'.join(digits)})"
