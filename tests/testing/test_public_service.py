import pytest

from tenderproof.testing.contents import Content
from tenderproof.testing.public_service import PublicService
from tenderproof.vocabulary import Blame, Missing


def test_where_none_is_declared_there_is_nothing_to_read_nobody_to_tell_and_the_reason_names_the_declaration() -> None:
    with pytest.raises(Missing, match="counterparts") as missing:
        PublicService().awaited("notice", "n", 1, bool)
    with pytest.raises(Missing, match="counterparts"):
        PublicService().hold_registration(Content(), "甲平台")
    assert missing.value.blame == Blame.DECLARATION
