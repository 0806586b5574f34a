"""Review (复核): a result is read as if its verdicts had not been written, and held against its own journal and the specification.

A result that was edited after the audit, judged by other checks, words or figures, or by a part of them, does not pass.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from tenderproof import audit, content, inventory, journal, run, selection
from tenderproof.result import Check, Clause, Result
from tenderproof.spec import clauses as catalogue
from tenderproof.spec.plan import Plan, Value, load_plan
from tenderproof.verdict import Circumstances, ClauseVerdict, Exemption, Outcome, Statement, Waiver, conclude, judge
from tenderproof.vocabulary import Verdict, WrongInput

_LEFT_OUT = "a check that the run left out"
_EXEMPTION, _WAIVER = "exemption", "waiver"


class ReviewError(WrongInput):
    """A result does not pass; the message is a sentence that names what does not follow from what."""


def circumstances(told: Clause, plan: Plan, clause: catalogue.Clause) -> Circumstances:
    """What besides its outcomes made a verdict, as far as the result tells it."""
    why = told.reason
    exempted = why.code == "exempted"
    return Circumstances(
        statements={told.id: Statement(**told.statement.model_dump(exclude={"contradicted"}))} if told.statement else {},
        exemptions={told.id: Exemption(why.values["ground"], why.values["explanation"])} if exempted else {},
        waivers={told.id: Waiver(**told.waiver.model_dump())} if told.waiver else {},
        attestable=frozenset({told.id} if plan.may_be_attested(clause) else ()),
        checks={told.id: (_LEFT_OUT,)},
        left_out={_LEFT_OUT: why.code},
    )


def require_followed(found: Result, folder: Path) -> None:
    """Outcomes as in the ``journal`` of the folder, verdicts as the outcomes, the conclusion as the verdicts; else ReviewError."""
    _require_outcomes(found, folder / "journal")
    plan = load_plan(found.basis.plan, content.specs_dir())
    known = catalogue.load_clauses(content.specs_dir())
    verdicts = [_followed(told, found, plan, known) for told in found.clauses]
    levels = [level for level in audit.LEVELS if plan.level and level <= plan.level]
    again = conclude({told.id: known[told.id] for told in found.clauses}, verdicts, levels)
    if audit.conclusion(again, verdicts) != found.conclusion:
        raise ReviewError(
            f"The result says {found.conclusion.decision.value} at level {found.conclusion.level}, and from its verdicts follows "
            f"{again.decision.value} at level {again.level}, or other counts: result.json was changed after the audit."
        )


def require_whole(found: Result, accepted: Sequence[str] = ()) -> None:
    """Judged by these very sources, words and figures, every clause of the plan and every check of it; else ReviewError.

    ``accepted`` names figures of the plan that may differ from its own: somebody answers for them.
    """
    _require_same_tool(found)
    plan = load_plan(found.basis.plan, content.specs_dir())
    _require_figures(found, plan, accepted)
    ids = [told.id for told in found.clauses]
    if ids != list(plan.clause_ids):
        other = next(iter(set(plan.clause_ids) ^ set(ids)), "their order")
        raise ReviewError(f"The clauses of the result are not those of the plan {plan.id} ({other}).")
    chosen = selection.select(inventory.checks(content.suites_dir()), plan.clause_ids, plan.ways, sandbox=found.sample.sandbox)
    performed = {inventory.base(check.id) for check in found.checks}
    missing = next((check.id for check in chosen.checks if check.id not in performed), None)
    if missing:
        raise ReviewError(f"The check {missing} of the plan {plan.id} was not performed: the run was narrowed.")


def changed_figures(found: Result) -> dict[str, Value]:
    """The figures that the result was judged by and that are not the plan's own."""
    plan = load_plan(found.basis.plan, content.specs_dir())
    return {
        figure.name: figure.value
        for figure in found.basis.figures
        if figure.name not in plan.parameters or plan.parameters[figure.name].value != figure.value
    }


def _require_same_tool(found: Result) -> None:
    for what, theirs, ours in (
        ("sources", found.tool.source_sha256, audit.source_hash()),
        ("specification", found.basis.specification_sha256, audit.specification_hash()),
    ):
        if theirs != ours:
            raise ReviewError(
                f"The result was judged by another tenderproof ({found.tool.version}, {what} {theirs[:12] or 'not said'}) than this one "
                f"({what} {ours[:12]}); review it with the same release, so that it is known which checks were made."
            )


def _require_figures(found: Result, plan: Plan, accepted: Sequence[str]) -> None:
    changed = changed_figures(found)
    unsaid = sorted(plan.parameters.keys() - {figure.name for figure in found.basis.figures})
    name = next((name for name in changed if name not in accepted), None)
    if unsaid:
        raise ReviewError(f"The result does not say which {unsaid[0]} it was judged by.")
    if name:
        default = plan.parameters[name].value if name in plan.parameters else "no such figure"
        raise ReviewError(
            f"The result was judged by {name} = {changed[name]!r}, and the plan {plan.id} says {default!r}; "
            f"if you answer for that, name it with --accept-figure {name}."
        )


def _require_outcomes(found: Result, journals: Path) -> None:
    seen = {
        outcome.check: outcome
        for outcome in run.outcomes(journal.read_run(journals), [inventory.base(check.id) for check in found.checks])
    }  # fmt: skip
    told = {check.id: check for check in found.checks}
    for check, outcome in seen.items():
        if check not in told or not _same(told[check], outcome):
            said = told[check].state.value if check in told else "nothing"
            raise ReviewError(
                f"The journal says of the check {check} that it {outcome.state.value}, and the result says {said}: "
                "result.json or the journal was changed after the audit."
            )
    lost = next((check for check in told if check not in seen), None)
    if lost:
        raise ReviewError(f"The journal says nothing of the check {lost}, and the result does: one of them was changed after the audit.")


def _same(told: Check, outcome: Outcome) -> bool:
    """A check that never began names its clauses in its source alone."""
    named = (tuple(told.clauses), told.way) == (outcome.clauses, outcome.way) or not outcome.clauses
    return named and told.state is outcome.state


def _followed(told: Clause, found: Result, plan: Plan, known: dict[str, catalogue.Clause]) -> ClauseVerdict:
    if told.id not in known:
        raise ReviewError(f"The result has a clause {told.id} that the installed specification does not know.")
    _require_paper(told, found)
    clause, outcomes = known[told.id], list(_outcomes(told, found))
    again = judge(clause, outcomes, circumstances(told, plan, clause))
    same_reason = again.reason.code == told.reason.code or not outcomes
    same_checks = [outcome.check for outcome in again.outcomes] == told.checks
    if again.verdict is not told.verdict or not (same_reason and same_checks) or bool(again.waiver) != bool(told.waiver):
        raise ReviewError(
            f"The result says of {told.id} that it is {told.verdict.value} ({told.reason.code}), and from its checks follows "
            f"{again.verdict.value} ({again.reason.code}): result.json was changed after the audit."
        )
    return again


def _outcomes(told: Clause, found: Result) -> Iterator[Outcome]:
    """Every outcome that names the clause, whether the clause tells of it or not."""
    for check in found.checks:
        if told.id in check.clauses:
            yield Outcome(check.id, (told.id,), check.way, check.state, check.blame, check.reason, check.detail)


def _require_paper(told: Clause, found: Result) -> None:
    """What rests on a signed paper names one that counts."""
    wanted = _EXEMPTION if told.disposition == "exempted" else _WAIVER if told.waiver else ""
    if not wanted and told.verdict is not Verdict.ATTESTED:
        return
    counting = [paper for paper in found.papers if paper.counts and told.id in paper.clauses]
    if not any(paper.kind == wanted if wanted else paper.kind not in (_EXEMPTION, _WAIVER) for paper in counting):
        raise ReviewError(
            f"The result says of {told.id} that it is {told.disposition or told.verdict.value}, and no paper that counts says so."
        )
