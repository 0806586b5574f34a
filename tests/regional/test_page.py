"""Both languages of the page bear the same figures, those of the document; nothing that a platform says becomes markup."""

from pathlib import Path

import pytest

from tenderproof.regional import page, sources
from tenderproof.regional.sources import Sources
from tenderproof.seal import signature
from tenderproof.wording import LANGUAGES, Language
from tests.reporting.markup import read, text
from tests.seal.runs import sealer

from .platforms import BROKEN, DAY, KEPT, OPEN, folder, heading, kept_and, sealed


def _rendered(at: Path, language: Language, name: str = "甲平台") -> str:
    made = [kept_and(name, BROKEN), kept_and("乙平台", KEPT), kept_and("丙平台", OPEN)]
    paths = [folder(at / str(number), one) for number, one in enumerate(made)]
    return page.render(sources.yearly(heading(day=DAY.replace(day=11)), Sources([*paths, at / "gone.zip"])), language)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_figures_are_those_of_the_platforms(tmp_path: Path, language: Language) -> None:
    root = read(_rendered(tmp_path, language))
    figures = {one.get("data-figure"): text(one) for one in root.iter("dd") if one.get("data-figure")}
    assert figures == {"platforms": "3", "conformant": "1", "non_conformant": "1", "inconclusive": "1", "sealed": "0", "trusted": "0"}
    rows = {one.get("data-platform"): one.get("data-decision") for one in root.iter("tr") if one.get("data-platform")}
    assert rows == {"甲平台": "non_conformant", "乙平台": "conformant", "丙平台": "inconclusive"}
    cells = {cell.get("data-violated") for row in root.iter("tr") if row.get("data-clause") == "A-2" for cell in row} - {None}
    assert cells == {"1"}


@pytest.mark.parametrize(
    ("language", "late", "out"), [("zh", "不在 HN-3.3-04", "没有该文件"), ("en", "outside 1 to 10 December", "no such file")]
)
def test_a_late_day_and_what_was_left_out_are_said_and_both_parts_are_there(
    tmp_path: Path, language: Language, late: str, out: str
) -> None:
    said = text(read(_rendered(tmp_path, language)))
    for part in (late, out, "gone.zip", "一、推动检测认证。", str(DAY.year + 1)):
        assert part in said


@pytest.mark.parametrize(
    ("trust", "said"), [(True, "Laboratory report · 某检测中心"), (False, "Says of itself: Laboratory report · 某检测中心")]
)
def test_a_laboratory_that_nobody_trusted_answers_for_nothing(tmp_path: Path, trust: bool, said: str) -> None:
    path = sealed(tmp_path, "甲", kind="test_report", laboratory="某检测中心")
    by = [signature.party(sealer(tmp_path, "甲.pem").pem, "甲")] if trust else []
    root = read(page.render(sources.yearly(heading(), Sources([path], by)), "en"))
    (cell,) = (text(one) for one in root.iter("td") if one.get("data-answers"))
    assert cell.startswith(said)


def test_what_a_platform_calls_itself_is_no_markup(tmp_path: Path) -> None:
    assert "<script>" not in _rendered(tmp_path, "zh", "<script>x</script>")
