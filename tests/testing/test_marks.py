from typing import Any

import pytest

from tenderproof.testing import clause


@pytest.fixture(autouse=True)
def _the_marker_is_known(pytestconfig: pytest.Config) -> None:
    pytestconfig.addinivalue_line("markers", "clause: as the engine's plugin registers it")


def test_a_check_carries_the_clauses_that_it_decides_and_its_way() -> None:
    @clause("EB-27-3", "B-018", way="record")
    def check() -> None: ...

    mark = _marks(check)[0]
    assert mark.args == ("EB-27-3", "B-018")
    assert mark.kwargs == {"way": "record", "acquits": True, "dose": ""}


def test_a_check_looks_in_the_sandbox_unless_it_says_otherwise() -> None:
    @clause("EB-27-3")
    def check() -> None: ...

    assert _marks(check)[0].kwargs == {"way": "sandbox", "acquits": True, "dose": ""}


def test_a_check_may_say_that_it_never_acquits() -> None:
    @clause("EB-27-3", acquits=False)
    def check() -> None: ...

    assert _marks(check)[0].kwargs["acquits"] is False


def test_a_check_may_say_that_it_wears_something_out() -> None:
    @clause("F-19", dose="intrusive")
    def check() -> None: ...

    assert _marks(check)[0].kwargs["dose"] == "intrusive"


@pytest.mark.parametrize(("way", "dose"), [("record", "intrusive"), ("network", "intrusive"), ("sandbox", "standard"), ("sandbox", "hard")])
def test_only_a_probe_of_a_sandbox_is_intrusive_and_there_is_no_other_dose_to_say(way: Any, dose: Any) -> None:
    with pytest.raises(ValueError, match="intrusive"):
        clause("EB-1", way=way, dose=dose)


@pytest.mark.parametrize(
    ("ids", "way"), [((), "sandbox"), (("",), "sandbox"), ((" EB-1",), "sandbox"), (("EB-1", "EB-1"), "sandbox"), (("EB-1",), "guess")]
)
def test_a_mark_that_names_nothing_or_no_way_is_refused(ids: tuple[str, ...], way: Any) -> None:
    with pytest.raises((TypeError, ValueError), match=r"clause|way"):
        clause(*ids, way=way)


def _marks(check: Any) -> list[pytest.Mark]:
    marks: list[pytest.Mark] = check.pytestmark
    return marks
