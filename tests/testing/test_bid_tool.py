import pytest

from tenderproof.testing import BidTool, Record
from tenderproof.testing.bid_tool import Layout, bare
from tenderproof.vocabulary import Blame, Missing


def test_where_no_tool_is_declared_the_reason_names_the_declaration() -> None:
    with pytest.raises(Missing, match=r"driver\.bid_tool") as missing:
        BidTool().do("folder", {"step": "list"})
    assert missing.value.blame == Blame.DECLARATION
    with pytest.raises(Missing, match=r"driver\.bid_tool"):
        BidTool().workspace()
    with pytest.raises(Missing, match=r"driver\.bid_tool"):
        BidTool().layout(Record({}))


def test_a_layout_is_held_to_words_and_not_to_how_they_are_set() -> None:
    layout = Layout("pdf", bare("报价 8,123,\n456.78 元"))

    assert layout.lacks("8123456.78", "报价", "9345678.12") == ["9345678.12"]
