"""Attached files are taken as they lie beside the papers, or as an audit noted them."""

import hashlib
from datetime import date
from pathlib import Path

import pytest

from tenderproof.dossier.attachments import Beside, Noted
from tenderproof.dossier.envelope import PaperFault
from tenderproof.result import Because

from . import cases

_FROM, _UNTIL = date(2026, 4, 27), date(2026, 7, 27)


def test_only_what_lies_in_the_folder_of_the_paper_is_an_attachment(tmp_path: Path) -> None:
    paper = tmp_path / "papers" / "a.dsse.json"
    paper.parent.mkdir()
    (tmp_path / "outside.txt").write_text("x")
    (paper.parent / "inside.txt").write_text("x")

    assert Beside().digest(paper, "inside.txt") == hashlib.sha256(b"x").hexdigest()
    assert [Beside().digest(paper, name) for name in ("../outside.txt", "gone.txt", ".")] == ["", "", ""]


def test_traces_are_opened_where_they_lie(tmp_path: Path) -> None:
    names = list(cases.lay(tmp_path, "P1"))
    Beside().require_traced(tmp_path / "a.dsse.json", ["P1"], names, _FROM, _UNTIL)
    with pytest.raises(PaperFault, match="trace_absent"):
        Beside().require_traced(tmp_path / "a.dsse.json", ["P1", "P2"], names, _FROM, _UNTIL)


def test_what_was_noted_stands_for_what_was_not_kept() -> None:
    noted = Noted({"a.txt": "00" * 32}, {"bad.dsse.json": Because(code="trace_broken", values={"case": "P1", "what": "entries/1"})})

    assert (noted.digest(Path("x"), "a.txt"), noted.digest(Path("x"), "b.txt")) == ("00" * 32, "")
    noted.require_traced(Path("good.dsse.json"), ["P1"], [], _FROM, _UNTIL)
    with pytest.raises(PaperFault, match="trace_broken"):
        noted.require_traced(Path("bad.dsse.json"), ["P1"], [], _FROM, _UNTIL)
