"""编制, 审核, 批准: who prepared, reviewed and approved a report, and for which kinds they are three different persons.

ISO/IEC 17025 (GB/T 27025) 7.8.2.1 asks for whoever authorises the report. That three different persons sign is the custom of Chinese
laboratories, `recalled`, not read in a norm: docs/decisions/0012-papers-count-only-when-signed.md.
"""

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof.result import Signatories, Signatory
from tenderproof.vocabulary import WrongInput

CAPACITIES = ("prepared", "reviewed", "approved")
THREE_PERSONS = frozenset({"test_report", "surveillance_report"})
_KEYS = {"name", "title", "date"}
_OF_A_NAME = "LMN"  # letters, marks (the vowels of Tibetan among them), digits
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]")  # letters and marks without a form


class SignatoryError(WrongInput):
    """The names cannot stand under this kind of report; the message says which, why and what to do."""


def require_lawful(kind: str, signatories: Signatories) -> None:
    """`SignatoryError` if a kind of report that demands three different persons lacks one or names one twice."""
    if kind not in THREE_PERSONS:
        return
    named = {capacity: getattr(signatories, capacity) for capacity in CAPACITIES}
    absent = [capacity for capacity, signatory in named.items() if signatory is None]
    if absent:
        raise SignatoryError(f"A {kind} needs who {' and who '.join(absent)} it; say --{absent[0]}-by NAME.")
    seen: dict[str, str] = {}
    for capacity, signatory in named.items():
        name = same_person(signatory.name)
        if name in seen:
            raise SignatoryError(
                f"{signatory.name} stands as who {seen[name]} and who {capacity} the {kind}; these are different persons, so name another."
            )
        seen[name] = capacity


def same_person(name: str) -> str:
    """A name as it is compared: what is seen of its letters alone, so that 王 芳, 王·芳 and 王芳 with an invisible character are one."""
    seen = _UNSEEN.sub("", unicodedata.normalize("NFKC", name).casefold())
    return "".join(character for character in seen if unicodedata.category(character)[0] in _OF_A_NAME)


def read(path: Path) -> Signatories:
    """Names from a TOML file: a table a capacity, with name, title and date; `SignatoryError` if it is none."""
    try:
        raw = tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise SignatoryError(f"The signatories in {path} cannot be read: {error}.") from error
    unknown = sorted(raw.keys() - set(CAPACITIES))
    if unknown:
        raise SignatoryError(f"{path}: there is no capacity {unknown[0]}; use {', '.join(CAPACITIES)}.")
    return Signatories(**{capacity: _signatory(path, capacity, entry) for capacity, entry in raw.items()})


def of(file: Path | None, names: Mapping[str, str | None]) -> Signatories:
    """The names of a file, and over them those that were given one by one (capacity → name)."""
    found = read(file) if file else Signatories()
    given = {capacity: _named(capacity, name) for capacity, name in names.items() if name is not None}
    return found.model_copy(update=given)


def _signatory(path: Path, capacity: str, entry: Any) -> Signatory:
    said = {key: value.isoformat() if type(value) is date else value for key, value in entry.items()} if isinstance(entry, dict) else {}
    if not said.keys() <= _KEYS or not all(isinstance(value, str) for value in said.values()) or "name" not in said:
        raise SignatoryError(f"{path}: {capacity} must be a table of texts: name, title, date (2026-12-01).")
    return _named(f"{path}: {capacity}", said["name"]).model_copy(update=said)


def _named(where: str, name: str) -> Signatory:
    if not same_person(name):
        raise SignatoryError(f"{where}: the name is empty; write the person's name.")
    return Signatory(name=name.strip())
