import pytest

from tenderproof.testing import Line
from tenderproof.vocabulary import Blame, Missing


def test_where_the_line_cannot_be_disturbed_nothing_is_done_and_the_reason_is_said() -> None:
    done: list[str] = []
    line = Line()
    for disturbed in (
        lambda: line.at_once(lambda: done.append("x")),
        lambda: line.midway(lambda: done.append("x"), lambda: done.append("y")),
        lambda: line.cut(lambda: done.append("x")),
    ):
        with pytest.raises(Missing, match="this driver cannot") as missing:
            disturbed()
        assert missing.value.blame is Blame.TOOL

    assert done == []
