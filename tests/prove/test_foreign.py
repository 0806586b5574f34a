"""The foreign platform in the matrix: honest behind its driver, and found out by the same checks where it is not."""

from pathlib import Path

import pytest
from hostile.platforms import ENEMIES

from tenderproof import content, inventory
from tenderproof.prove import catalogue, enemies, foreign
from tenderproof.prove.enemies import Encounter
from tenderproof.prove.foreign import Foreign, Room
from tenderproof.prove.matrix import MatrixError
from tenderproof.prove.score import Fate, Score

CHECKS = [check for check in inventory.checks(content.suites_dir()) if check.id.startswith("function/bidding::")]
GRACE = next(mutant for mutant in catalogue.mutants() if mutant.name == "bidding.a_minute_of_grace")
TAKEN = "function/bidding::test_a_bid_is_taken_until_the_deadline_and_refused_from_it_on"


def test_a_mutant_is_killed_through_the_driver_by_the_check_that_kills_it_at_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(enemies, "ABROAD", ())
    found = foreign.perform([GRACE], {"deadline": {GRACE.name: "A-92"}}, CHECKS, tmp_path, workers=1, listener=lambda _: None)
    (deadline,) = found.rooms

    assert found.on_reference == ()
    assert TAKEN in deadline.passed
    assert [(score.mutant.name, score.fate) for score in deadline.scores] == [(GRACE.name, Fate.KILLED)]
    assert TAKEN in deadline.scores[0].fell
    assert (deadline.fine, found.fine) == (True, True)


def test_the_enemies_that_speak_its_language_are_enemies() -> None:
    assert set(enemies.ABROAD) <= set(ENEMIES)
    assert not set(enemies.ABROAD) & set(enemies.NAMES)


def test_what_was_not_seen_is_not_fine() -> None:
    killed, survived = (Score(GRACE, fate, (TAKEN,), (), "") for fate in (Fate.KILLED, Fate.SURVIVED))

    assert Foreign((), (Room("deadline", (TAKEN,), (), (killed,)),)).fine
    assert not Foreign((), (Room("deadline", (), (TAKEN,), (killed,)),)).fine
    assert not Foreign((), (Room("deadline", (TAKEN,), (), (killed, survived)),)).fine
    assert not Foreign((), (Room("deadline", (TAKEN,), (), (killed,)),), (Encounter("yes_abroad", ("A-92",), (), 1),)).fine
    assert not Foreign(("x: failed: y",), (Room("deadline", (TAKEN,), (), (killed,)),)).fine


def test_what_it_wears_are_mutants_of_every_room_that_must_be_seen_through_a_driver() -> None:
    rooms = foreign.worn()
    broken = {mutant.name: mutant.clauses for mutant in catalogue.mutants()}

    assert set(rooms) == {"sealed_bid", "deadline", "opening", "access", "disclosure"}
    assert all(clause in broken.get(name, ()) for those in rooms.values() for name, clause in those.items())
    assert sum(map(len, rooms.values())) >= 15
    assert min(map(len, rooms.values())) >= 3


@pytest.mark.parametrize(("name", "clause"), [("bidding.nobody", "A-92"), (GRACE.name, "EB-30-2")])
def test_a_mutant_that_is_not_there_or_of_another_clause_is_named(tmp_path: Path, name: str, clause: str) -> None:
    with pytest.raises(MatrixError, match=f"{name}.*{clause}"):
        foreign.perform([GRACE], {"deadline": {name: clause}}, CHECKS, tmp_path, workers=1, listener=lambda _: None)
