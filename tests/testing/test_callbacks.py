"""Nobody listens but who opens an ear."""

import pytest

from tenderproof.testing import Callbacks, Ear


@pytest.mark.parametrize("kind", [Callbacks, Ear])
def test_without_a_driver_there_is_no_ear(kind: type[Callbacks] | type[Ear]) -> None:
    with pytest.raises(TypeError, match="abstract"):
        kind()
