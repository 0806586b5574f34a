"""How the data objects of one tender agree with one another (数据一致性): the rules of annex 3 as data, and pure functions over them.

A `Case` is what is at hand of one tendering project. A rule is decided where an object that repeats something and an object that it
repeats it from are both at hand; where either is not, nothing is decided.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from tenderproof.spec.data_items.catalogue import Catalogue, error, require_schema
from tenderproof.spec.data_items.code_rules import read
from tenderproof.spec.data_items.notation import Kind

Row = Mapping[str, str]
Case = Mapping[str, Sequence[Row]]
"""The objects of one tendering project, by their code in annex 3, in the order in which they came."""

_BETWEEN = re.compile(r"[;,；，、\n]+")
_TEN_THOUSAND = "2"
_TENDER_PROJECT, _SECTION = "A020001", "A030001"
_TENDER_PROJECT_LENGTH, _PROJECT_LENGTH = 20, 17
_LISTS_OF_SECTIONS = ("A060006", "A050001", "B010008")


@dataclass(frozen=True)
class Tie:
    """Objects ``of`` repeat in ``same`` what an object ``within`` says that is joined to them by ``by``."""

    of: str
    within: str
    by: Mapping[str, str]
    same: Mapping[str, str]
    several: frozenset[str]
    units: Mapping[str, tuple[str, str]]
    only: Mapping[str, str]
    named: tuple[str, str, str] | None
    numbers: frozenset[str]


@dataclass(frozen=True)
class Rule:
    """A rule, in the short words of our copy; ``open`` says why nothing is decided by it, where that is so."""

    id: str
    says: str
    ties: tuple[Tie, ...]
    open: str


@dataclass(frozen=True)
class Disagreement:
    """An object that repeats what no object says: the rule, the object by its code and place in the case, and what it says."""

    rule: str
    code: str
    place: int
    says: Mapping[str, str]


def load_rules(specs: Path, catalogue: Catalogue) -> tuple[Rule, ...]:
    """The rules; SpecificationError where one names an object or an item that is not there, with file, line and key."""
    path = specs / "data-items" / "consistency.yaml"
    raw = read(path, "rules")
    require_schema(path, raw, specs / "schemas" / "consistency.schema.json")
    return tuple(_rule(path, number, entry, catalogue) for number, entry in enumerate(raw["rules"]))


def _rule(path: Path, number: int, entry: Mapping[str, Any], catalogue: Catalogue) -> Rule:
    ties = []
    for at, one in enumerate(entry.get("holds", ())):
        where: list[str | int] = ["rules", number, "holds", at]
        for code, items in _named(one):
            if code not in catalogue.objects:
                raise error(path, where, f"{entry['id']}: there is no object {code}")
            if unknown := [item for item in items if item not in catalogue.objects[code].by_id]:
                raise error(path, where, f"{entry['id']}: {code} has no item {', '.join(unknown)}")
        units = {item: (one_unit, other) for item, (one_unit, other) in one.get("units", {}).items()}
        named = tuple(one["named"]) if "named" in one else None
        several = frozenset(one.get("several", ()))
        numbers = frozenset(item for item in one["same"] if catalogue.objects[one["of"]].by_id[item].notation.kind is Kind.NUMBER)
        ties.append(Tie(one["of"], one["in"], one["by"], one["same"], several, units, one.get("only", {}), named, numbers))
    return Rule(entry["id"], entry["says"], tuple(ties), entry.get("open", ""))


def _named(one: Mapping[str, Any]) -> Iterator[tuple[str, list[str]]]:
    units = one.get("units", {}).values()
    yield one["of"], [*one["by"], *one["same"], *one.get("only", {}), *(pair[0] for pair in units)]
    yield one["in"], [*one["by"].values(), *one["same"].values(), *(pair[1] for pair in units)]
    if "named" in one:
        yield one["named"][0], one["named"][1:]


def cases(objects: Iterable[tuple[str, Row]]) -> dict[str, Case]:
    """Objects gathered by the tendering project whose number they bear; those that bear none (subjects) belong to every case.

    The key is the number, 20 characters. An object of a project (A01) belongs to the tendering projects whose numbers begin with its own.
    """
    found: dict[str, dict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    everywhere: list[tuple[str, Row]] = []
    for code, row in objects:
        number = _tender_project(row)
        if number:
            found[number][code].append(row)
        else:
            everywhere.append((code, row))
    for number, case in found.items():
        for code, row in everywhere:
            if code != "A01" or row.get("A010001") == number[:_PROJECT_LENGTH]:
                case[code].append(row)
    return dict(found)


def _tender_project(row: Row) -> str:
    """The number of its tendering project: what the number of its one section begins with, else what it says itself."""
    if row.get(_SECTION):
        return row[_SECTION][:_TENDER_PROJECT_LENGTH]
    if row.get(_TENDER_PROJECT):
        return row[_TENDER_PROJECT]
    return next((row[item][:_TENDER_PROJECT_LENGTH] for item in _LISTS_OF_SECTIONS if row.get(item)), "")


def disagreements(rules: Iterable[Rule], case: Case) -> Iterator[Disagreement]:
    """What does not agree in a case, rule by rule."""
    for rule in rules:
        for tie in rule.ties:
            for place, row in enumerate(case.get(tie.of, ())):
                if _is_looked_at(tie, row) and _agrees(tie, row, case) is False:
                    yield Disagreement(rule.id, tie.of, place, {item: row.get(item, "") for item in tie.same})


def decided(rules: Iterable[Rule], case: Case) -> set[str]:
    """The rules of which something was decided in a case: what agreed and what did not."""
    return {
        rule.id
        for rule in rules
        for tie in rule.ties
        for row in case.get(tie.of, ())
        if _is_looked_at(tie, row) and _agrees(tie, row, case) is not None
    }


def _is_looked_at(tie: Tie, row: Row) -> bool:
    return all(row.get(item) == value for item, value in tie.only.items())


def _agrees(tie: Tie, row: Row, case: Case) -> bool | None:
    """Whether one joined object says what the row repeats; None where there is none, or nothing to compare."""
    joined = [other for other in case.get(tie.within, ()) if all(row.get(one) == other.get(two) for one, two in tie.by.items())]
    if not joined:
        return None
    several = [item for item in tie.same if item in tie.several]
    if several:
        return _each_is_there(tie, several[0], row, joined, case)
    verdicts = [_says_the_same(tie, row, other) for other in joined]
    return True if True in verdicts else (None if None in verdicts else False)


def _says_the_same(tie: Tie, row: Row, other: Row) -> bool | None:
    """Whether two objects agree in all that both say; None if they have nothing to compare."""
    pairs = [(item, twin) for item, twin in tie.same.items() if row.get(item) and other.get(twin)]
    if not pairs:
        return None
    return all(_same(tie, item, twin, row, other) for item, twin in pairs)


def _same(tie: Tie, item: str, twin: str, row: Row, other: Row) -> bool:
    if twin in tie.several:
        return _bare(row[item]) in _parts(other[twin])
    if item in tie.units:
        one_unit, other_unit = tie.units[item]
        return _yuan(row[item], row.get(one_unit)) == _yuan(other[twin], other.get(other_unit))
    if item in tie.numbers:
        return _number(row[item]) == _number(other[twin])
    return _bare(row[item]) == _bare(other[twin])


def _each_is_there(tie: Tie, item: str, row: Row, joined: Sequence[Row], case: Case) -> bool | None:
    """Whether each of several values stands in a joined object, as such or by the name of what it names."""
    there = {_bare(other[tie.same[item]]) for other in joined if other.get(tie.same[item])}
    if not there or not row.get(item):
        return None
    missing = _parts(row[item]) - there
    if not missing or not tie.named:
        return not missing
    register, code, name = tie.named
    names = {_bare(one[name]): _bare(one[code]) for one in case.get(register, ()) if one.get(name) and one.get(code)}
    if not there <= set(names.values()) and not missing <= names.keys():
        return None
    return all(names.get(part) in there for part in missing)


def _parts(value: str) -> set[str]:
    return {_bare(part) for part in _BETWEEN.split(value) if part.strip()}


def _bare(value: str) -> str:
    return unicodedata.normalize("NFKC", value).strip()


def _number(value: str) -> Decimal | None:
    try:
        return Decimal(value)
    except InvalidOperation:
        return None


def _yuan(value: str, unit: str | None) -> Decimal | None:
    number = _number(value)
    return number * 10_000 if number is not None and unit == _TEN_THOUSAND else number
