import pytest

from tenderproof.testing import moments

DATE = "Mon, 23 Nov 2026 03:35:22 GMT"


@pytest.mark.parametrize(
    "text",
    [
        "页面生成于 11:35:22", "生成于 2026-11-23 11:35", "11时35分23秒", "2026-11-23T03:35:21.123Z", "2026-11-23T11:36:01+08:00",
        "t=1795404922", "t=1795404922123",
    ],
)  # fmt: skip
def test_a_moment_at_which_the_answer_was_made_is_masked(text: str) -> None:
    assert "[moment]" in moments.mask(text, DATE)


@pytest.mark.parametrize("text", ["开标时间 2026-04-01 10:01", "11:30:00", "07:35:22", "1795400000", "11:35:22:99", "35:22"])
def test_any_other_moment_stays(text: str) -> None:
    assert moments.mask(text, DATE) == text


def test_two_answers_of_different_seconds_look_alike() -> None:
    first = moments.mask("页面生成于 11:35:22", DATE)

    assert first == moments.mask("页面生成于 11:35:40", "Mon, 23 Nov 2026 03:35:40 GMT")


def test_midnight_is_no_border() -> None:
    assert moments.mask("0:00:10", "Mon, 23 Nov 2026 15:59:50 GMT") == "[moment]"


@pytest.mark.parametrize("date", [None, "", "now"])
def test_without_a_readable_date_nothing_is_masked(date: str | None) -> None:
    assert moments.mask("11:35:22", date) == "11:35:22"


@pytest.mark.parametrize(("whole", "broken"), [("11时35分22秒", "11时35分22秒007毫秒"), ("11:35:22+08:00", "11:35:22.007000+08:00")])
def test_a_second_without_a_fraction_looks_like_one_with_it(whole: str, broken: str) -> None:
    assert moments.mask(f"2026-11-23T{whole}", DATE) == moments.mask(f"2026-11-23T{broken}", DATE)


def test_a_date_goes_with_its_time() -> None:
    assert moments.mask("标准时间：2026年11月23日11时35分22秒", DATE) == "标准时间：[moment]"
