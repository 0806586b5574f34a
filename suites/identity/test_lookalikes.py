"""Names and codes that read the same are the same: with characters that nobody sees, of other widths, of the same look (同形字符)."""

import unicodedata
from collections.abc import Iterator

import pytest

from tenderproof.testing import Identities, Public, Stories, clause

_UNSEEN = {
    "a zero-width space": "\u200b", "a zero-width joiner": "\u200d", "a word joiner": "\u2060", "a byte order mark": "\ufeff",
    "a soft hyphen": "\u00ad", "a direction mark": "\u200f", "a direction override": "\u202d", "a variation selector": "\ufe00",
}  # fmt: skip
_WIDE = 0xFEE0  # from a character of ASCII to its full-width form


def alike(name: str) -> Iterator[tuple[str, str]]:
    """The name in other characters that read the same, by what is otherwise."""
    middle = len(name) // 2
    yield from ((what, name[:middle] + unseen + name[middle:]) for what, unseen in _UNSEEN.items())
    yield "unseen at its end", f"{name}\u200b"
    yield "decomposed", unicodedata.normalize("NFD", name)


def wide(code: str) -> str:
    """A code in full-width characters."""
    return "".join(chr(ord(character) + _WIDE) for character in code)


@clause("A-02", "A-15", "A-26", acquits=False)
@pytest.mark.parametrize("role", ["tenderee", "agency", "bidder"])
def test_no_second_entity_bears_a_name_that_reads_like_anothers(
    stories: Stories, identities: Identities, public: Public, role: str
) -> None:
    """The name of an entity, with something in it that nobody sees, is not given to another; a name of its own is."""
    name = f"{identities.name(role)}é"  # a letter that can be written in two ways
    stories.registered(identities.fresh(role, name=name))
    other = public.register(stories.registration(identities.fresh(role)))
    given = {
        what: public.register(stories.registration(identities.fresh(role, name=written))).accepted
        for what, written in alike(unicodedata.normalize("NFC", name))
        if written != name
    }

    assert other.accepted
    assert [what for what, accepted in given.items() if accepted] == [], "two entities bear names that read the same"


def borne(written: str, code: str) -> str:
    """As which code a certificate bears it: as it is written, where a certificate can hold that (X.520: a printable string)."""
    return written if written.isascii() else code


@clause("A-03", "A-16", "A-27", acquits=False)
@pytest.mark.parametrize("role", ["tenderee", "agency", "bidder"])
def test_no_second_entity_bears_anothers_code_in_other_characters(
    stories: Stories, identities: Identities, public: Public, role: str
) -> None:
    """The code of an entity, in full-width or in small letters, with something in it that nobody sees: it is not given to another."""
    code = next(found for found in (identities.code() for _ in range(2000)) if any(character.isalpha() for character in found[8:]))
    stories.registered(identities.fresh(role, uscc=code))
    other = public.register(stories.registration(identities.fresh(role)))
    written = {
        "full-width": wide(code), "small": code.lower(), "a blank": f"{code[:9]} {code[9:]}",
        "a zero-width space": f"{code[:9]}\u200b{code[9:]}",
    }  # fmt: skip
    papers = {
        what: stories.registration(identities.fresh(role, uscc=borne(value, code))).but(uscc=value) for what, value in written.items()
    }
    given = {what: public.register(paper).accepted for what, paper in papers.items()}

    assert other.accepted
    assert [what for what, accepted in given.items() if accepted] == [], "two entities bear one code"
