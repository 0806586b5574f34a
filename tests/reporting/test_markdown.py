"""The summary says first what decides, and nothing that a candidate wrote becomes markup."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tenderproof.reporting import markdown
from tenderproof.reporting.plain import plain
from tenderproof.vocabulary import Blame, State, Verdict

from . import results


@given(st.text(st.characters(codec="utf-8")))
def test_escaped_text_is_shown_as_it_is(text: str) -> None:
    tokens = MarkdownIt("commonmark").parseInline(f"x{markdown.escaped(text)}x")[0].children or []
    assert {token.type for token in tokens} <= {"text", "text_special", "html_inline", "softbreak"}
    shown = "".join("\n" if token.type == "html_inline" else token.content for token in tokens)
    assert shown == f"x{plain(text).strip()}x".replace("\t", " ")


@pytest.mark.parametrize(
    "evil", ["a | b", "# title", "<b>", "![x](http://x)", "http://x.example", "www.x.example", "`x`", "[x](y)", "&lt;"]
)
def test_what_a_candidate_wrote_is_no_markup(evil: str) -> None:
    failed = results.check(state=State.FAILED, reason=evil, blame=Blame.PLATFORM)
    text = markdown.render(results.result([results.clause(checks=[failed.id], verdict=Verdict.VIOLATED)], [failed]), "en")
    page = MarkdownIt("gfm-like", {"linkify": False}).render(text)
    assert "<a " not in page
    assert "<img" not in page
    assert evil.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;") in page.replace("<wbr>", "")


def test_the_decision_stands_before_the_clauses() -> None:
    text = markdown.render(results.large(60, 30), "zh")
    assert text.index("检测结论：不符合") < text.index("## 不符合的条款") < text.index("## 未判定的条款") < text.index("<details>")
    assert text.index("不是认证证书") < text.index("检测结论")


def test_a_violation_says_what_is_required_what_was_seen_and_how_to_repair_and_repeat() -> None:
    failed = results.check(state=State.FAILED)
    text = markdown.render(results.result([results.clause(verdict=Verdict.VIOLATED, checks=[failed.id])], [failed]), "en")
    for said in (
        "Required: Bids that arrive",
        "Observed: a late bid was accepted (test\\_bidding.py:41)",
        "Remedy: Compare",
        "Repeat: tenderproof",
    ):
        assert said in text


def test_an_interrupted_run_says_so() -> None:
    result = results.result([results.clause()])
    stopped = result.model_copy(update={"run": result.run.model_copy(update={"interrupted": True})})
    assert "interrupted" in markdown.render(stopped, "en")
    assert "interrupted" not in markdown.render(result, "en")
