"""The codes that data items hold (specs/codes): what a schema can say of them, their check characters, and pinned lists."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.codes import ORGANISATION_CODE_LENGTH, is_credit_code, organisation_code_check
from tenderproof.spec.data_items.faults import Fault
from tenderproof.spec.location import line_of

_RULES = "business.yaml"
_FRAGMENT = re.compile(r"<([a-z_0-9]+)>")
_RESIDENT_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_RESIDENT_LENGTH = 18


@dataclass(frozen=True)
class CodeList:
    """A pinned list: code to name. Whoever is not in a list that is not ``complete`` is remarked on and not convicted."""

    codes: Mapping[str, Any]
    complete: bool


@dataclass(frozen=True)
class CodeRule:
    """A code: its pattern with all fragments put in (empty: anything), values or list, and the name of its check of characters."""

    id: str
    name: Mapping[str, str]
    says: str
    pattern: str
    values: Mapping[str, Mapping[str, str]]
    check: str
    listed: CodeList | None

    def fault(self, code: str) -> Fault | None:
        """What is wrong with one code, beyond the length that its item allows."""
        if self.pattern and not _compiled(self.pattern).fullmatch(code):
            return Fault.CODE
        if self.check and not CHECKS[self.check](code):
            return Fault.CHECK
        if self.listed and code not in self.listed.codes:
            return Fault.LIST if self.listed.complete else Fault.UNLISTED
        return None


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.ASCII)


def is_organisation_code(code: str) -> bool:
    """Whether the check characters of an organisation code (GB 11714, with or without its hyphen) or a unified credit code hold."""
    if len(code) > ORGANISATION_CODE_LENGTH + 1:
        return is_credit_code(code)
    bare = code.replace("-", "")
    return len(bare) == ORGANISATION_CODE_LENGTH and organisation_code_check(bare[:-1]) == bare[-1]


def is_resident_number(number: str) -> bool:
    """Whether the check character of a resident's number holds (GB 11643-1999, ISO 7064 MOD 11-2); its birthday is not looked at."""
    if len(number) != _RESIDENT_LENGTH or not number[:-1].isdecimal() or not number.isascii():
        return False
    total = sum(int(digit) * weight for digit, weight in zip(number, _RESIDENT_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1]


CHECKS: Mapping[str, Callable[[str], bool]] = {
    "organisation": is_organisation_code,
    "resident": is_resident_number,
    "party": lambda code: is_organisation_code(code) or is_resident_number(code),
}


def load_codes(specs: Path) -> dict[str, CodeRule]:
    """All codes by id; SpecificationError where a file cannot be used, with file, line and key."""
    path = specs / "codes" / _RULES
    raw = read(path, "codes")
    fragments = raw.get("fragments") or {}
    return {str(code_id): _rule(specs, path, str(code_id), entry, fragments) for code_id, entry in raw["codes"].items()}


def _rule(specs: Path, path: Path, code_id: str, entry: Mapping[str, Any], fragments: Mapping[str, str]) -> CodeRule:
    values, check = entry.get("values") or {}, str(entry.get("check") or "")
    try:
        pattern = "|".join(map(re.escape, values)) if values else _whole(str(entry.get("pattern") or ""), fragments)
        _compiled(pattern)
    except (re.error, LookupError) as fault:
        raise _error(path, code_id, "pattern", str(fault.args[0])) from fault
    if check and check not in CHECKS:
        raise _error(path, code_id, "check", f"{check} is no check of characters ({', '.join(CHECKS)})")
    named = str(entry.get("list") or "")
    if named and not (specs / "codes" / f"{named}.yaml").is_file():
        raise _error(path, code_id, "list", f"there is no specs/codes/{named}.yaml")
    listed = _list(specs, named) if named else None
    return CodeRule(code_id, entry["name"], entry["says"], f"({pattern})" if "|" in pattern else pattern, values, check, listed)


def _whole(pattern: str, fragments: Mapping[str, str]) -> str:
    while found := _FRAGMENT.search(pattern):
        if found[1] not in fragments:
            raise LookupError(f"there is no fragment {found[1]} (fragments)")
        pattern = pattern.replace(found[0], fragments[found[1]])
    return pattern


def _error(path: Path, code_id: str, key: str, sentence: str) -> SpecificationError:
    line = line_of(path, ["codes", code_id, key])
    return SpecificationError(f"{path.name}:{line}: codes.{code_id}.{key}: {sentence}.")


@cache
def _list(specs: Path, name: str) -> CodeList:
    raw = read(specs / "codes" / f"{name}.yaml", "codes")
    return CodeList(raw["codes"], bool(raw["source"]["complete"]))


def read(path: Path, key: str) -> dict[str, Any]:
    """A file of the specification that holds its source and, under a key, its matter; SpecificationError for anything else."""
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SpecificationError(f"{path.name}:{line}: it is no YAML: {error.problem}.") from error
    except (OSError, yaml.YAMLError, UnicodeDecodeError) as error:
        raise SpecificationError(f"{path.name}:1: it cannot be read: {error}.") from error
    if not isinstance(raw, dict) or not isinstance(raw.get("source"), dict) or not raw.get(key):
        raise SpecificationError(f"{path.name}:1: the file must hold `source` and `{key}`.")
    return raw
