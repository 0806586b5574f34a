"""Nothing that a stranger wrote can hide, reorder or command what stands around it."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tenderproof.reporting.plain import plain


def test_words_of_people_stay_as_they_are() -> None:
    said = "投标人：甲公司 “A&B” <b>\n\tline ★ é"
    assert plain(said) == said


def test_a_reversed_verdict_and_a_terminal_command_are_shown() -> None:
    assert plain("\u202edeifsitas") == "⟨202E⟩deifsitas"
    assert plain("\x1b[2Jok\r") == "⟨001B⟩[2Jok⟨000D⟩"


@given(st.text())
def test_nothing_unseen_is_left(text: str) -> None:
    assert not [c for c in plain(text) if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") and c not in "\n\t"]
