from pathlib import Path
from typing import Any

import pytest

from tenderproof.candidate import Counterpart, Secret
from tenderproof.drivers.counterpart import OtherEnd
from tenderproof.drivers.expert_base import DeclaredBase
from tenderproof.testing import Section


@pytest.fixture
def base(wire: Any, tmp_path: Path) -> DeclaredBase:
    (tmp_path / "token").write_text("t")
    return DeclaredBase(OtherEnd("expert_base", Counterpart("http://base.test", Secret(file=tmp_path / "token")), wire))


def test_an_expert_is_handed_in_under_the_number_that_the_candidate_knows(base: DeclaredBase, wire: Any, identity: Any) -> None:
    wire.answers = lambda _: (201, {})
    base.hold(identity, "A01", "110000")

    assert wire.sent == {"number": identity.uscc, "name": identity.name, "specialty": "A01", "region_code": "110000"}


def test_what_was_drawn_is_asked_by_section(base: DeclaredBase, wire: Any) -> None:
    drawn = {"experts": [{"number": "E1"}], "notified_at": "2026-03-02T09:00:00+08:00", "notified_by": "sms"}
    wire.answers = lambda _: (200, {"items": [drawn]})

    assert [list(one.experts) for one in base.draws(Section({"id": "s"}))] == [[{"number": "E1"}]]
    assert wire.last.url.endswith("/expert-draws?object=s")
