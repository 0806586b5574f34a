"""Where nobody brings a crowd, nothing is worn out and the reason is said."""

import pytest

from tenderproof.testing import Crowd
from tenderproof.vocabulary import Blame, Missing


@pytest.mark.parametrize("act", ["most", "guesses", "fill", "guess", "dawdle"])
def test_without_a_crowd_nothing_is_worn_out(act: str) -> None:
    crowd = Crowd()

    with pytest.raises(Missing, match="brings no crowd") as missing:
        _ = getattr(crowd, act) if act in {"most", "guesses"} else getattr(crowd, act)(1)
    assert missing.value.blame is Blame.TOOL
