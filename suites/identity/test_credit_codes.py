"""Unified social credit codes are taken only with right check characters, the outer and the inner (统一社会信用代码)."""

from collections.abc import Callable

import pytest

from tenderproof.testing import Identities, Public, Stories, Verifier, clause

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_EXCLUDED = "IOZSV"
_INNER = 16  # the place of the organisation code's own check character, from 0
_TRIES = 2000
_NO_CODE = {"code_invalid", "invalid_content"}


def with_outer_check(body: str) -> str:
    """The first 17 characters with the check character that GB 32100-2015 gives them."""
    total = sum(_CHARACTERS.index(character) * pow(3, place, 31) for place, character in enumerate(body))
    return body + _CHARACTERS[-total % 31]


def such(identities: Identities, wanted: Callable[[str], bool]) -> str:
    """A right code that nobody has, of which something is true."""
    return next(code for code in (identities.code() for _ in range(_TRIES)) if wanted(code))


def with_one_error(code: str) -> list[str]:
    """The code with one character wrong: each place once."""
    following = dict(zip(_CHARACTERS, _CHARACTERS[1:] + _CHARACTERS[0], strict=True))
    return [code[:place] + following[code[place]] + code[place + 1 :] for place in range(len(code))]


def transposed(code: str) -> list[str]:
    """The code with two neighbours that differ in each other's place."""
    pairs = [place for place in range(len(code) - 1) if code[place] != code[place + 1]]
    return [code[:place] + code[place + 1] + code[place] + code[place + 2 :] for place in pairs]


def taken(stories: Stories, identities: Identities, public: Public, verifier: Verifier, codes: list[str]) -> list[str]:
    """Those of the codes that a new bidder could register, by the answer or by what is on record after it."""
    applications = {code: public.register(stories.registration(identities.fresh("bidder", uscc=code))) for code in codes}
    registered = {code for code in codes if verifier.registrations(role="bidder", q=code).value}
    return [code for code, answer in applications.items() if answer.refused_because not in _NO_CODE or code in registered]


@clause("DS-USCC-1")
def test_a_code_with_a_wrong_character_is_not_registered(
    stories: Stories, identities: Identities, public: Public, verifier: Verifier
) -> None:
    """Each place wrong once, each two neighbours in each other's place, each excluded letter: none is taken; the right codes are."""
    right = [such(identities, lambda code: code[-1] == "0"), such(identities, lambda code: code[-1] in "ABCDEFGHJKLMNPQRTUWXY")]
    letters = [right[1][:8] + letter + right[1][9:] for letter in _EXCLUDED]
    wrong = [*with_one_error(right[1]), *transposed(right[1]), *letters, right[1][:-1], f"{right[1]}0"]

    assert taken(stories, identities, public, verifier, wrong) == []
    assert taken(stories, identities, public, verifier, right) == right


@clause("DS-USCC-1")
def test_a_registration_is_not_changed_to_a_code_with_a_wrong_character(stories: Stories, identities: Identities) -> None:
    """A draft keeps its code when a wrong one is put in its place; a right one takes it."""
    identity, right = identities.fresh("bidder"), identities.code()
    person = stories.applicant(identity)
    refusals = [person.change_registration({"uscc": code}).refused_because for code in with_one_error(right)]
    kept = person.registration().value.uscc

    assert refusals == ["code_invalid"] * len(right)
    assert kept == identity.uscc
    assert person.change_registration({"uscc": right}).accepted
    assert person.registration().value.uscc == right


@clause("DS-USCC-2")
@pytest.mark.parametrize("check", ["0", "5", "X"])
def test_a_code_whose_organisation_code_is_wrong_is_noticed(
    stories: Stories, identities: Identities, public: Public, verifier: Verifier, check: str
) -> None:
    """With the outer check right and the inner wrong it is refused, or at least warned of; with both right it is taken unwarned."""
    right = such(identities, lambda code: code[_INNER] == check)
    inner = [character for character in "0123456789X" if character != check]
    wrong = [with_outer_check(right[:_INNER] + character) for character in inner]
    answers = [public.register(stories.registration(identities.fresh("bidder", uscc=code))) for code in wrong]
    kept = [bool(verifier.registrations(role="bidder", q=code).value) for code in wrong]

    assert [one.refused_because == "code_invalid" or (one.accepted and one.value.says("warning")) for one in answers] == [True] * len(wrong)
    assert kept == [one.accepted for one in answers]
    application = public.register(stories.registration(identities.fresh("bidder", uscc=right)))
    assert application.accepted
    assert not application.value.says("warning")
    assert [one.uscc for one in verifier.registrations(role="bidder", q=right).value] == [right]
