"""One laboratory, one body and one certificate for all tests of the folder."""

import pytest

from .bodies import House, house


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> House:
    return house(tmp_path_factory.mktemp("house"))
