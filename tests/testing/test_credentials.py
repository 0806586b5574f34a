"""Login names and passwords are strong, of no one form, and follow from what was drawn."""

import re
import secrets
import string

from tenderproof.testing import credentials

DRAWN = [secrets.token_bytes(credentials.OCTETS) for _ in range(2000)]
NAMES = [credentials.login_name(one) for one in DRAWN]
PASSWORDS = [credentials.password(one) for one in DRAWN]
KINDS = (string.ascii_lowercase, string.ascii_uppercase, string.digits, "-#*_@!+=")
TOLD_APART_BY = 12


def form(text: str) -> str:
    """Which kinds of characters follow each other."""
    return re.sub(r"[^\w]", "#", re.sub(r"\d+", "9", re.sub("[A-Z]", "A", re.sub("[a-z]+", "a", text))))


def test_a_password_is_long_and_of_four_kinds() -> None:
    assert min(map(len, PASSWORDS)) >= TOLD_APART_BY
    assert all(set(password) & set(kind) for password in PASSWORDS for kind in KINDS)


def test_no_two_are_alike_and_no_form_tells_them() -> None:
    assert len(set(NAMES)) == len(set(PASSWORDS)) == len(DRAWN)
    assert len({form(password) for password in PASSWORDS}) > TOLD_APART_BY
    assert len({name[:2] for name in NAMES}) > TOLD_APART_BY


def test_a_name_has_a_letter_that_another_script_has_too() -> None:
    assert all("o" in name and name.isascii() and name.isalnum() and name.islower() for name in NAMES)


def test_what_was_drawn_is_what_comes_of_it() -> None:
    assert [credentials.login_name(one) for one in DRAWN] == NAMES
    assert [credentials.password(one) for one in DRAWN] == PASSWORDS
