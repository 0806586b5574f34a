import pytest

from tenderproof.testing import BidTool
from tenderproof.vocabulary import Blame, Missing


def test_where_no_tool_is_declared_the_reason_names_the_declaration() -> None:
    with pytest.raises(Missing, match=r"driver\.bid_tool") as missing:
        BidTool().do("folder", {"step": "list"})
    assert missing.value.blame == Blame.DECLARATION
    with pytest.raises(Missing, match=r"driver\.bid_tool"):
        BidTool().workspace()
