"""A badge is green for *conformant* and for nothing else, holds every count, and says that it is a self-test."""

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given

from tenderproof.reporting import badge
from tenderproof.reporting.sentences import words
from tenderproof.result import Result
from tenderproof.vocabulary import Decision, Verdict
from tenderproof.wording import LANGUAGES, Language

from . import results

_SVG = "{http://www.w3.org/2000/svg}"


@given(results.results())
def test_the_decision_and_every_count_are_kept(result: Result) -> None:
    for language in LANGUAGES:
        picture = _read(result, language)
        word = words(language)
        title = str(picture.findtext(f"{_SVG}title"))
        assert picture.get("data-decision") == result.conclusion.decision
        assert list(picture.itertext())[-1] == word["decision"][result.conclusion.decision.value]
        for verdict in Verdict:
            assert re.search(rf"{word['verdict'][verdict.value]} {result.conclusion.counts[verdict]}\b", title)


@given(results.results())
def test_green_is_for_conformant_and_for_nothing_else(result: Result) -> None:
    assert _is_green(_read(result, "zh")) is (result.conclusion.decision is Decision.CONFORMANT)


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_interrupted_run_is_never_green(language: Language) -> None:
    result = results.result([results.clause()])
    assert _is_green(_read(result, language))
    stopped = result.model_copy(update={"run": result.run.model_copy(update={"interrupted": True})})
    assert not _is_green(_read(stopped, language))
    assert list(_read(stopped, language).itertext())[-1] == {"zh": "未完成", "en": "unfinished"}[language]


@pytest.mark.parametrize(("language", "said"), [("zh", "自测"), ("en", "self-test")])
def test_it_calls_itself_a_self_test(language: Language, said: str) -> None:
    assert said in list(_read(results.result([results.clause()]), language).itertext())[1]


def test_the_picture_is_as_wide_as_its_halves() -> None:
    picture = _read(results.result([results.clause()]), "zh")
    assert sum(float(str(half.get("width"))) for half in picture.iter(f"{_SVG}rect")) == pytest.approx(
        float(str(picture.get("width"))), abs=0.1
    )


def _read(result: Result, language: Language) -> ET.Element:
    return ET.fromstring(badge.render(result, language))  # noqa: S314 - we wrote it


def _is_green(picture: ET.Element) -> bool:
    red, green, blue = (int(part, 16) for part in re.findall("..", str(list(picture.iter(f"{_SVG}rect"))[-1].get("fill"))[1:]))
    return green > red and green > blue
