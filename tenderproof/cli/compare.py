"""``tenderproof compare``: two finished runs side by side."""

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from tenderproof import wording
from tenderproof.cli import finished
from tenderproof.comparison import Change, Changed, Comparison, compare, counted
from tenderproof.reporting import sentences
from tenderproof.reporting.plain import plain
from tenderproof.result import Result
from tenderproof.wording import Language

_TOLD = [change for change in Change if change is not Change.SAME]


def run(earlier: Path, later: Path, *, as_json: bool = False) -> None:
    """Print what became of every clause and check from the run in ``earlier`` to the one in ``later``; it passes no judgement."""
    results, language = (finished.read(earlier), finished.read(later)), wording.spoken()
    found = compare(*results)
    if as_json:
        print(json.dumps(answer(results, found, language), ensure_ascii=False))
    else:
        print(plain("\n".join(_lines(results, found, language))))


def answer(results: tuple[Result, Result], found: Comparison, language: Language) -> dict[str, Any]:
    """The comparison for programs; what is the same in both runs is counted and not listed."""
    return {
        "earlier": _run(results[0]),
        "later": _run(results[1]),
        "unlike": [{"what": what, "earlier": before, "later": after} for what, before, after in found.unlike],
        "clauses": {"counts": _counts(found.clauses), "changed": [_entry("clause", c, language) for c in _changed(found.clauses)]},
        "checks": {"counts": _counts(found.checks), "changed": [_entry("check", c, language) for c in _changed(found.checks)]},
    }


def _run(result: Result) -> dict[str, Any]:
    return {
        "run": result.run.id,
        "plan": result.basis.plan,
        "edition": result.basis.edition,
        "finished": result.run.finished.isoformat(timespec="seconds"),
        "decision": result.conclusion.decision.value,
        "level": result.conclusion.level,
    }


def _counts(changes: Iterable[Changed]) -> Mapping[str, int]:
    return {change.value: count for change, count in counted(changes).items()}


def _changed(changes: Iterable[Changed]) -> list[Changed]:
    """What is told, by what became of it."""
    return sorted((c for c in changes if c.change in _TOLD or c.other_words), key=lambda c: list(Change).index(c.change))


def _entry(name: str, changed: Changed, language: Language) -> dict[str, Any]:
    return {
        name: changed.id,
        "change": changed.change.value,
        "before": changed.before or None,
        "after": changed.after or None,
        "because": _why(changed, language),
        "other_words": changed.other_words,
    }


def _why(changed: Changed, language: Language) -> str:
    if changed.because is not None:
        return sentences.because(changed.because, language)
    return sentences.seen(changed.observed, language) if changed.observed else ""


def _lines(results: tuple[Result, Result], found: Comparison, language: Language) -> Iterator[str]:
    words = wording.catalogue("compare", language)
    for which, result in zip(("earlier", "later"), results, strict=True):
        yield _run_line(words["which"][which], result, language)
    for what, before, after in found.unlike:
        yield _line("unlike", language, what=words["unlike"][what], before=before, after=after)
    yield from _part("clauses", found.clauses, sentences.words(language)["verdict"], language)
    yield from _part("checks", found.checks, sentences.words(language)["state"], language)
    if not _changed([*found.clauses, *found.checks]):
        yield words["line"]["nothing"]


def _run_line(which: str, result: Result, language: Language) -> str:
    decision = sentences.words(language)["decision"][result.conclusion.decision.value]
    level = "★" * result.conclusion.level or wording.catalogue("compare", language)["line"]["no_level"]
    told = {name: str(value) for name, value in _run(result).items()}
    return _line("run", language, **told | {"which": which, "decision": decision, "level": level})


def _part(name: str, changes: tuple[Changed, ...], verdicts: Mapping[str, str], language: Language) -> Iterator[str]:
    words = wording.catalogue("compare", language)["change"]
    counts = [_line("count", language, change=words[c.value], count=str(n)) for c, n in counted(changes).items() if n]
    yield _line(name, language, counts=", ".join(counts))
    told: Change | None = None
    for changed in _changed(changes):
        if changed.change is not told:
            told = changed.change
            yield f"{words[told.value]}:"
        yield _changed_line(changed, verdicts, language)


def _changed_line(changed: Changed, verdicts: Mapping[str, str], language: Language) -> str:
    before, after = verdicts.get(changed.before, ""), verdicts.get(changed.after, "")
    code = "appeared" if not before else "vanished" if not after else "changed"
    line = _line(code, language, id=changed.id, before=before, after=after, why=_why(changed, language)).rstrip()
    return f"{line} {wording.catalogue('compare', language)['line']['other_words']}" if changed.other_words else line


def _line(code: str, language: Language, **values: str) -> str:
    return wording.sentence("compare", "line", code, values, language)
