"""What varies in a text is masked, and what is said beside it is not."""

import secrets
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tenderproof.testing import wordings

TOKENS = [
    lambda: uuid4().hex, lambda: str(uuid4()), lambda: secrets.token_hex(32),
    lambda: secrets.token_urlsafe(64), lambda: secrets.token_urlsafe(8),
    lambda: f"2026-03-02T{secrets.randbelow(24):02}:{secrets.randbelow(60):02}:{secrets.randbelow(60):02}+08:00",
    lambda: f"{secrets.randbelow(24)}时{secrets.randbelow(60):02}分", lambda: f"{secrets.randbelow(10**6) / 1000}",
]  # fmt: skip
IDS = ["hex", "uuid", "digest", "base64", "short base64", "moment", "clock", "decimal"]


@pytest.mark.parametrize("token", TOKENS, ids=IDS)
@pytest.mark.parametrize("written", ["受理编号：{}，已收到投标文件{}份", "ticket {}, {} bids", '"{} / {}"', "{}：{}"])
def test_a_count_beside_a_token_is_told_and_the_token_is_not(token: object, written: str) -> None:
    for _ in range(50):
        one, again, same, more = (written.format(token(), count) for count in (2, 2, 2, 5))  # type: ignore[operator]
        if one == again:
            continue
        said = wordings.common(one, again)

        assert said is not None
        assert said.is_said_by(same)
        assert not said.is_said_by(more)


@pytest.mark.parametrize(
    ("one", "again"), [('"11"', '"22"'), ("0.25", "17"), ('"a1b2"', '"c-3"'), ("null", '"x"'), ("!a?", "!b?"), ("x y", "z")]
)
def test_what_varies_wholly_has_nothing_in_common(one: str, again: str) -> None:
    assert wordings.common(one, again) is None


def test_a_list_is_compared_without_its_order_and_its_tokens() -> None:
    one, again, same, other = ("\n".join(f'"{uuid4().hex}: {what}"' for what in items) for items in ("ab", "ba", "ab", "ac"))
    said = wordings.common(one, again)

    assert said is not None
    assert said.is_said_by(same)
    assert not said.is_said_by(other)
    assert wordings.common("1\n2", "1\n3") is None


def test_of_several_runs_that_counts_which_all_have_in_common() -> None:
    said, more = wordings.common("a 1 x", "a 1 y"), wordings.common("a 1 x", "a 2 x")
    assert said is not None
    assert more is not None
    both = said.within(more)

    assert both is not None
    assert both.is_said_by("a 7 z")
    assert not both.is_said_by("b 7 z")
    assert not both.is_said_by("a 7")
    assert both.within(both) == both
    assert said.within(wordings.Wording(lines=("a",))) is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_two_texts_have_in_common_both_say(one: str, other: str) -> None:
    said = wordings.common(one, other)

    assert said is None or (said.is_said_by(one) and said.is_said_by(other))
