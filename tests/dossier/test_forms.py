"""The four forms of papers, and that every fault has its sentence."""

import re
from pathlib import Path
from typing import Any

import pytest

from tenderproof import wording
from tenderproof.dossier import envelope, forms
from tenderproof.dossier.envelope import PaperFault

from . import desks

LAWFUL = [desks.attestation(), desks.exemption(), desks.waiver(), desks.test_report()]


@pytest.mark.parametrize("payload", LAWFUL)
def test_a_lawful_payload_has_its_form(payload: dict[str, Any]) -> None:
    forms.require_form(payload)


@pytest.mark.parametrize("payload", LAWFUL)
def test_every_field_of_a_form_is_needed(payload: dict[str, Any]) -> None:
    for field in payload.keys() - {"form"}:
        with pytest.raises(PaperFault, match="malformed"):
            forms.require_form({name: value for name, value in payload.items() if name != field})


@pytest.mark.parametrize("form", ["tenderproof-pardon/1", "tenderproof-person/1", "tenderproof-attestation/2", ""])
def test_a_form_that_is_not_ours_is_named(form: str) -> None:
    with pytest.raises(PaperFault, match=r"other_form|malformed"):
        forms.require_form(desks.attestation() | {"form": form})


def test_a_document_is_of_the_kind_that_it_says() -> None:
    assert [forms.kind_of(payload) for payload in LAWFUL] == ["attestation", "exemption", "waiver", "test_report"]


@pytest.mark.parametrize(("day", "sound"), [("2026-02-28", True), ("2026-02-29", False), ("soon", False), (None, False)])
def test_a_day_is_one_of_the_calendar(day: object, sound: bool) -> None:
    if sound:
        forms.require_day("date", day)
        return
    with pytest.raises(PaperFault, match="malformed"):
        forms.require_day("date", day)


@pytest.mark.parametrize("language", wording.LANGUAGES)
def test_every_fault_of_the_source_has_a_sentence_and_every_sentence_a_fault(language: wording.Language) -> None:
    source = Path(envelope.__file__).parent
    used = {code for path in source.glob("*.py") for code in re.findall(r'PaperFault\(\s*"(\w+)"', path.read_text("utf-8"))}
    used |= set(re.findall(r'Because\(code="(\w+)"', (source / "examination.py").read_text("utf-8")))

    assert used == wording.catalogue("papers", language)["fault"].keys()
