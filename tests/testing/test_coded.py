"""Codes are those of RFC 6238, and a key that is none is the declaration's fault."""

import base64
from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from tenderproof.testing.coded import Coded
from tenderproof.vocabulary import DeclarationTrouble

KEY = base64.b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("moment", "code"), [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (2000000000, "279037")]
)
def test_codes_are_those_of_the_standard(moment: int, code: str) -> None:
    assert Coded("a", "b", KEY).code(datetime.fromtimestamp(moment, UTC)) == code  # appendix B, the last six digits


def test_a_key_may_be_written_in_groups_and_small_letters() -> None:
    spaced = " ".join(KEY.lower()[at : at + 4] for at in range(0, len(KEY), 4))

    assert Coded("a", "b", spaced).code(datetime.fromtimestamp(59, UTC)) == "287082"


def test_a_key_that_is_none_is_the_declarations_fault_and_is_not_repeated() -> None:
    with pytest.raises(DeclarationTrouble, match="of the account a is not in base32") as raised:
        Coded("a", "b", "no key!").code(datetime.fromtimestamp(59, UTC))

    assert "no key" not in str(raised.value)


def test_whoever_keeps_codes_gives_the_one_that_was_kept() -> None:
    made = list[str]()

    def kept(make: Callable[[], str]) -> str:
        made.append(make())
        return "000000"

    assert Coded("a", "b", KEY, kept).code(datetime.fromtimestamp(59, UTC)) == "000000"
    assert made == ["287082"]


def test_neither_password_nor_key_is_printed() -> None:
    assert "geheim" not in repr(Coded("a", "geheim", KEY))
    assert KEY not in repr(Coded("a", "geheim", KEY))
