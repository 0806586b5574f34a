# ruff: noqa: INP001 - a script, no package
"""Write docs/lifecycle.md, the law's model of a tender's life as a diagram and a table, anew from specs/lifecycle."""

from collections.abc import Iterator, Mapping

from tenderproof import content, wording
from tenderproof.spec.lifecycle import Expected, Lifecycle, Rule, load_lifecycle
from tenderproof.spec.plan import load_plan
from tenderproof.wording import LANGUAGES

PAGE = content.content_root() / "docs" / "lifecycle.md"
_PLAN = "trading-3"


def model() -> Lifecycle:
    """The life with the figures of the whole plan."""
    return load_lifecycle("tender", content.specs_dir(), load_plan(_PLAN, content.specs_dir()).whole)


def page(life: Lifecycle) -> str:
    """The page, in both languages side by side."""
    lines = [f"# {_said('title')}", ""]
    for language in LANGUAGES:
        lines += [wording.sentence("lifecycle", "page", "intro", {"covers": life.covers[language]}, language), ""]
    lines += [f"{_said('diagram')}：", "", "```mermaid", *_diagram(life), "```", "", f"## {_said('rules')}", "", *_table(life)]
    return "\n".join(lines) + "\n"


def _diagram(life: Lifecycle) -> Iterator[str]:
    yield "stateDiagram-v2"
    for name, stage in life.stages.items():
        yield f'  state "{_both(stage.title)}" as {name}'
    yield f"  [*] --> {life.begins}"
    for rule in life.rules:
        if rule.to:
            free = f" ({_said('either')})" if rule.expected is Expected.EITHER else ""
            for begun in rule.stages:
                yield f"  {begun} --> {rule.to}: {_both(life.acts[rule.act].title)}{free}"


def _table(life: Lifecycle) -> Iterator[str]:
    columns = ("act", "stages", "where", "answer", "ground", "clauses")
    yield f"| {' | '.join(_said(column) for column in columns)} |"
    yield f"|{'---|' * len(columns)}"
    for rule in life.rules:
        stages = "；".join(_both(life.stages[stage].title) for stage in rule.stages)
        cells = (
            _both(life.acts[rule.act].title),
            stages,
            _where(life, rule),
            _answer(life, rule),
            _both(rule.ground),
            ", ".join(rule.clauses),
        )
        yield f"| {' | '.join(cells)} |"


def _where(life: Lifecycle, rule: Rule) -> str:
    titles = list(life.quantities.values())
    bounds = []
    for bound in rule.where:
        if bound.least:
            bounds.append(f"{_both(titles[bound.quantity])} ≥ {bound.least}")
        if bound.below is not None:
            bounds.append(f"{_both(titles[bound.quantity])} < {bound.below}")
    return "；".join(dict.fromkeys(bounds))


def _answer(life: Lifecycle, rule: Rule) -> str:
    answer = _said("granted" if rule.granted else rule.expected.value)
    kept = "、".join(_both(life.effects[effect]) for effect in rule.keeps)
    return f"{answer}；{_said('keeps')}：{kept}" if kept else answer


def _said(key: str) -> str:
    return _both({language: wording.catalogue("lifecycle", language)["page"][key] for language in LANGUAGES})


def _both(words: Mapping[str, str]) -> str:
    return f"{words['zh']} · {words['en']}" if words else ""


if __name__ == "__main__":
    PAGE.write_text(page(model()), encoding="utf-8")
