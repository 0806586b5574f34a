import pytest

from tenderproof.testing import Hosts


def test_an_instrument_says_both_what_it_saw_and_whose_host_it_is() -> None:
    class Half(Hosts):
        def own(self) -> str:
            return "site.test"

    with pytest.raises(TypeError, match="seen"):
        Half()  # type: ignore[abstract]
