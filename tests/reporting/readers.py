"""Reads each form of the report back, each by another hand than the one that wrote it, into what every form must keep."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import tinyhtml5  # type: ignore[import-untyped]
from markdown_it import MarkdownIt

from tenderproof.reporting.plain import plain
from tenderproof.reporting.sentences import because, seen, words
from tenderproof.result import Result
from tenderproof.vocabulary import Verdict
from tenderproof.wording import Language

Row = tuple[str, ...]


@dataclass(frozen=True)
class Kept:
    """Decision; verdict → count; clause id, verdict, reason as a sentence; check id, state, what it saw."""

    decision: str
    counts: Mapping[str, int]
    clauses: list[Row]
    checks: list[Row]


def expected(result: Result, language: Language, *, people: bool) -> Kept:
    """What a form of this result must hold; in forms for people the codes are words, and blanks and hiding characters may differ."""
    word = words(language)
    verdict = word["verdict"].__getitem__ if people else str
    state = word["state"].__getitem__ if people else str
    clauses: list[Row] = [(c.id, verdict(c.verdict.value), because(c.reason, language)) for c in result.clauses]
    checks: list[Row] = [(c.id, state(c.state.value), seen(c, language)) for c in result.checks]
    counts = {verdict(v.value): result.conclusion.counts[v] for v in Verdict}
    decision = word["decision"][result.conclusion.decision.value] if people else result.conclusion.decision.value
    if people:
        return Kept(decision, counts, *([tuple(squeezed(plain(cell)) for cell in row) for row in rows] for rows in (clauses, checks)))
    return Kept(decision, counts, clauses, checks)


def squeezed(text: str) -> str:
    """The text without blanks."""
    return re.sub(r"\s+", "", text)


def oscal(text: str) -> Kept:
    """An OSCAL document."""
    (found,) = json.loads(text)["assessment-results"]["results"]
    props = _props(found)
    return Kept(
        props["decision"],
        {name.removeprefix("count_"): int(value) for name, value in props.items() if name.startswith("count_")},
        [(f["title"].replace("⟨000A⟩", "\n"), _props(f)["verdict"], f["target"]["status"]["remarks"]) for f in found.get("findings", [])],
        [(o["title"].replace("⟨000A⟩", "\n"), _props(o)["state"], o.get("remarks", "")) for o in found.get("observations", [])],
    )


def _props(of: Any) -> dict[str, str]:
    return {prop["name"]: prop["value"] for prop in of["props"]}


def sarif(text: str) -> Kept:
    """A SARIF log."""
    clauses, checks = json.loads(text)["runs"]
    for run in (clauses, checks):
        assert [run["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] for r in run["results"]] == [r["ruleId"] for r in run["results"]]
    return Kept(
        clauses["properties"]["decision"],
        clauses["properties"]["counts"],
        [(r["ruleId"], r["properties"]["verdict"], r["message"]["text"]) for r in clauses["results"]],
        [(r["ruleId"], r["properties"]["state"], r["properties"]["observed"]) for r in checks["results"]],
    )


def ctrf(text: str) -> Kept:
    """A CTRF document."""
    document = json.loads(text)
    by_suite: dict[str, list[Row]] = {"checks": [], "clauses": []}
    for test in document["results"]["tests"]:
        by_suite[test["suite"][0]].append((test["name"], test["rawStatus"], test["message"]))
    return Kept(document["extra"]["decision"], document["extra"]["counts"], by_suite["clauses"], by_suite["checks"])


def earl(text: str) -> Kept:
    """An EARL graph."""
    graph = json.loads(text)["@graph"]
    titles = {node["@id"]: node.get("title") for node in graph}
    (run,) = [node["facts"] for node in graph if node["@type"] == "tp:Run"]
    made = [node for node in graph if node["@type"] == "earl:Assertion"]
    rows: dict[str, list[Row]] = {
        key: [(titles[node["test"]], node[key], node["result"]["info"]) for node in made if key in node] for key in ("verdict", "state")
    }
    return Kept(run["decision"], run["counts"], rows["verdict"], rows["state"])


def markdown(text: str) -> Kept:
    """A Markdown summary, as a renderer shows it."""
    page = tinyhtml5.parse(MarkdownIt("commonmark").enable("table").render(text), namespace_html_elements=False)
    tables = [[[squeezed("".join(cell.itertext())) for cell in row] for row in table.iter("tr")][1:] for table in page.iter("table")]
    decision = next(
        re.split(": |：", "".join(e.itertext()), maxsplit=1)[1] for e in page.iter("strong") if ": " in _text(e) or "：" in _text(e)
    )
    return Kept(
        decision,
        {name: int(count) for name, count in tables[0]},
        [(row[0], row[2], row[3]) for row in tables[-2]],
        [(row[0], row[1], row[2]) for row in tables[-1]],
    )


def _text(element: Element) -> str:
    return "".join(element.itertext())


READERS: Mapping[str, Callable[[str], Kept]] = {
    "oscal": oscal,
    "sarif": sarif,
    "ctrf": ctrf,
    "earl": earl,
    "markdown": markdown,
    "markdown-en": markdown,
}
