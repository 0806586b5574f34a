from typing import Any

import pytest

from tenderproof.testing import ExpertBase, Section
from tenderproof.vocabulary import Blame, Missing


def test_where_none_is_declared_the_reason_names_the_declaration() -> None:
    nobody: Any = None
    with pytest.raises(Missing, match=r"counterparts\.expert_base") as missing:
        ExpertBase("expert_base").hold(nobody, "A01", "110000")
    assert missing.value.blame == Blame.DECLARATION
    with pytest.raises(Missing, match=r"counterparts\.public_service"):
        ExpertBase("public_service").draws(Section({"id": "s"}))
