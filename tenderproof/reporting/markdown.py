"""A summary in Markdown (CommonMark with tables), as build servers and merge requests show it.

Text that came from the candidate is escaped: it can make no link, no picture, no markup and no row of its own.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from tenderproof import wording
from tenderproof.reporting import sentences
from tenderproof.reporting.gaps import Gap, gaps
from tenderproof.reporting.plain import plain
from tenderproof.result import Check, Clause, Result
from tenderproof.vocabulary import State, Verdict
from tenderproof.wording import Language

_MARKUP = re.compile(r"[\\`*_\[\]<>|&~$!#]|:(?=//)|(?<=www)\.|@")


def render(result: Result, language: Language) -> str:
    """The summary in one language: decision and counts, what is violated with its remedy, what is undecided, then everything."""
    open_clauses = gaps(result)
    violated = [gap.clause for gap in open_clauses if gap.clause.verdict is Verdict.VIOLATED]
    undecided = [gap for gap in open_clauses if gap.clause.verdict is not Verdict.VIOLATED]
    parts = [
        *_head(result, language),
        f"## {_said('violated', language)}",
        *(_violation(result, clause, language) for clause in violated),
        *([] if violated else [_said("nothing", language)]),
        f"## {_said('undecided', language)}",
        _undecided(undecided, language) if undecided else _said("nothing", language),
        *_folded("every_clause", [_clause_row(clause, language) for clause in result.clauses], _clause_heads(language), language),
        *_folded("every_check", [_check_row(check, language) for check in result.checks], _check_heads(language), language),
    ]
    return "\n\n".join(parts) + "\n"


def escaped(text: str) -> str:
    """The text on one line, with all that Markdown would read as markup made literal."""
    return _MARKUP.sub(lambda found: f"\\{found[0]}", plain(text).strip()).replace("\n", "<br>").replace("\t", " ")


def _head(result: Result, language: Language) -> Iterator[str]:
    words, run, conclusion = sentences.words(language), result.run, result.conclusion
    summary = wording.catalogue("summary", language)
    yield f"# {_said('title', language, kind=summary['kind'][result.kind], sample=result.sample.name)}"
    yield summary["plainly"][result.kind]
    if run.interrupted:
        yield f"**{_said('interrupted', language)}**"
    if result.not_begun:
        yield f"**{_said('out_of_time', language, minutes=f'{run.at_most_minutes:g}', checks=str(len(result.not_begun)))}**"
    decision = _said("decided", language, decision=words["decision"][conclusion.decision.value])
    yield f"**{decision}** {words['decision_said'][conclusion.decision.value]}"
    if conclusion.readiness:
        yield _said("level", language, level="★" * conclusion.level or words["label"]["no_level"])
    finished = run.finished.isoformat(" ", "seconds")
    yield _said("plan", language, plan=result.basis.plan, edition=result.basis.edition, run=run.id, finished=finished)
    counted = [(words["verdict"][verdict.value], str(conclusion.counts.get(verdict, 0))) for verdict in Verdict]
    yield _table((words["label"]["verdict"], words["label"]["count"]), counted)


def _violation(result: Result, clause: Clause, language: Language) -> str:
    words = clause.words.zh if language == "zh" else clause.words.en
    remedy = clause.remedy.zh if language == "zh" else clause.remedy.en
    lines = [
        f"- **{escaped(clause.id)}** {'★' * (clause.stars or 0)} {escaped(sentences.because(clause.reason, language))}",
        f"  - {_said('required', language)}: {escaped(words)}",
        f"  - {_said('remedy', language)}: {escaped(remedy)}",
    ]
    for check in result.checks_of(clause):
        if check.state is State.FAILED:
            lines.append(f"  - {_said('observed', language)}: {escaped(sentences.seen(check, language))} ({escaped(check.where)})")
            lines.append(f"  - {_said('repeat', language)}: {escaped(check.repeat)}")
    return "\n".join(lines)


def _undecided(undecided: Sequence[Gap], language: Language) -> str:
    label = sentences.words(language)["label"]
    rows = [(gap.priority, *_clause_row(gap.clause, language)) for gap in undecided]
    return _table((label["priority"], *_clause_heads(language)), rows)


def _clause_heads(language: Language) -> Sequence[str]:
    label = sentences.words(language)["label"]
    return [label[name] for name in ("clause", "star", "verdict", "why", "blame")]


def _clause_row(clause: Clause, language: Language) -> Sequence[str]:
    words = sentences.words(language)
    blame = words["blame"][clause.blame.value] if clause.blame else ""
    return clause.id, "★" * (clause.stars or 0), words["verdict"][clause.verdict.value], sentences.because(clause.reason, language), blame


def _check_heads(language: Language) -> Sequence[str]:
    label = sentences.words(language)["label"]
    return [label[name] for name in ("checks", "outcome", "observed", "blame")]


def _check_row(check: Check, language: Language) -> Sequence[str]:
    words = sentences.words(language)
    blame = words["blame"][check.blame.value] if check.blame else ""
    return check.id, words["state"][check.state.value], sentences.seen(check, language), blame


def _folded(title: str, rows: Sequence[Sequence[str]], heads: Sequence[str], language: Language) -> Iterator[str]:
    yield f"<details><summary>{_said(title, language, count=str(len(rows)))}</summary>"
    yield _table(heads, rows)
    yield "</details>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *([escaped(cell) for cell in row] for row in rows)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _said(code: str, language: Language, **values: str) -> str:
    return wording.sentence("summary", "summary", code, {name: escaped(value) for name, value in values.items()}, language)
