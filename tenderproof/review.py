"""Review (复核): a result is read as if its verdicts had not been written, and held against its own journal and the specification.

A result that was edited after the audit, judged by other checks, words or figures, or by a part of them, does not pass.
"""

import json
import shlex
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from pathlib import Path, PurePath

import tenderproof
from tenderproof import audit, content, inventory, journal, occasion, record_audit, run, selection
from tenderproof.candidate import published
from tenderproof.dossier import kept
from tenderproof.dossier.examination import NOTHING, Taken
from tenderproof.journal import Event, RunStarted
from tenderproof.result import Basis, Check, Clause, Figure, Paper, Result
from tenderproof.spec import clauses as catalogue
from tenderproof.spec.calendar import day_in_china
from tenderproof.spec.plan import Plan, Value, load_plan
from tenderproof.verdict import Circumstances, ClauseVerdict, Exemption, Outcome, Statement, Waiver, conclude, judge
from tenderproof.vocabulary import WrongInput

_LEFT_OUT = "a check that the run left out"
_UNREADABLE = Paper(kind="", file="", sha256="", clauses=[], signers=[], date="", expires="", fault=None)
_OF_THE_VERDICT = frozenset({"verdict", "reason", "blame", "disposition", "statement", "waiver", "checks"})
_UNSEEN = frozenset(
    {"unobservable", "document_waits", "no_check_yet", "convicts_only"}
)  # these no check that was left out would have changed
_FOLLOWING = frozenset({"checks_passed", "check_failed", "check_errored", "exempted", "attested"})  # their values follow from what is told


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
        left_out={_LEFT_OUT: why.code} if why.code not in _UNSEEN else {},
        unobservable=frozenset({told.id} if clause.unobservable else ()),
    )


def require_followed(found: Result, folder: Path) -> None:
    """Sample as in the folder's declaration, outcomes as in its ``journal``, verdicts as the outcomes, the conclusion as the verdicts.

    ReviewError names the first that is not so.
    """
    if found.records is None:
        _require_sample(found, folder / published.FILE)
    else:
        _require_data_set(found, folder / published.FILE)
    sources = {check.id: check for check in inventory.every(content.suites_dir())}
    _require_outcomes(found, folder / "journal", sources)
    _require_occasion(found, folder)
    _require_sources(found, sources)
    plan = load_plan(found.basis.plan, content.specs_dir())
    known = catalogue.load_clauses(content.specs_dir())
    if found.records is None and found.own_clauses != audit.own_clauses(known):
        raise ReviewError("The result says something else of the clauses on tenderproof itself than the installed specification.")
    taken = _papers(found, folder, plan, known) if found.records is None else _no_papers(found)
    verdicts = [_followed(told, found, plan, known, taken) for told in found.clauses]
    levels = [level for level in audit.LEVELS if plan.level and level <= plan.level]
    again = conclude({told.id: known[told.id] for told in found.clauses}, verdicts, levels)
    if audit.conclusion(again, verdicts) != found.conclusion:
        raise ReviewError(
            f"The result says {found.conclusion.decision.value} at level {found.conclusion.level}, and from its verdicts follows "
            f"{again.decision.value} at level {again.level}, or other counts: result.json was changed after the audit."
        )


def require_ordered(found: Result, folder: Path) -> None:
    """A report of another kind than a self-test is one because its run was begun as such, for that laboratory; else ReviewError."""
    if found.kind == "self_test":
        return
    events = journal.read_run(folder / "journal")
    begun = [event for event in events if isinstance(event, RunStarted)]
    if not begun:
        raise ReviewError(f"Nothing in {folder / 'journal'} says that the run was ordered as a {found.kind}; put the run's journal back.")
    _require_ordered(found, events)
    for event in begun:
        if event.occasion.get("laboratory", "") != found.laboratory:
            raise ReviewError(
                f"The run was begun for the laboratory {event.occasion.get('laboratory', '')!r}, and the result says {found.laboratory!r}: "
                "result.json was changed after the audit."
            )


def require_whole(found: Result, accepted: Sequence[str] = ()) -> None:
    """Judged by these very sources, words and figures, every clause of the plan and every check of it; else ReviewError.

    ``accepted`` names figures of the plan that may differ from its own: somebody answers for them.
    """
    _require_same_tool(found)
    plan = load_plan(found.basis.plan, content.specs_dir())
    _require_figures(found, plan, accepted)
    _require_basis(found.basis, audit.basis(plan))
    ids = [told.id for told in found.clauses]
    if ids != list(plan.clause_ids):
        other = next(iter(set(plan.clause_ids) ^ set(ids)), "their order")
        raise ReviewError(f"The clauses of the result are not those of the plan {plan.id} ({other}).")
    chosen = selection.select(
        inventory.checks(content.suites_dir()), plan.clause_ids, plan.ways, sandbox=found.sample.sandbox, dose=found.run.dose
    )
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
    """The sources of this very tenderproof, and so its version."""
    for what, theirs, ours in (
        ("sources", found.tool.source_sha256, audit.source_hash()),
        ("specification", found.basis.specification_sha256, audit.specification_hash()),
    ):
        if theirs != ours:
            raise ReviewError(
                f"The result was judged by another tenderproof ({found.tool.version}, {what} {theirs[:12] or 'not said'}) than this one "
                f"({what} {ours[:12]}); review it with the same release, so that it is known which checks were made."
            )
    if found.tool.version != tenderproof.__version__:
        raise ReviewError(f"The result says {found.tool.version} of the tenderproof whose sources are those of {tenderproof.__version__}.")


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


def _require_basis(told: Basis, ours: Basis) -> None:
    """All that is said of the plan and its figures, but the values, for which others answer."""
    apart = [name for name in Basis.model_fields if name != "figures" and getattr(told, name) != getattr(ours, name)]
    plain = {figure.name: _without_value(figure) for figure in ours.figures}
    apart += [f"figure {figure.name}" for figure in told.figures if plain.get(figure.name, "") not in ("", _without_value(figure))]
    if apart:
        raise ReviewError(f"The result says something else of the plan {told.plan} ({apart[0]}) than the installed specification.")


def _without_value(figure: Figure) -> str:
    return figure.model_copy(update={"value": 0}).model_dump_json()


def _require_data_set(found: Result, file: Path) -> None:
    """The data set is the one that was judged, by the names and digests of its files, and is called by nothing else."""
    assert found.records is not None  # noqa: S101 - whoever calls has asked
    told = [{"name": one.name, "sha256": one.sha256} for one in found.records.files]
    try:
        judged = [{"name": one["name"], "sha256": one["sha256"]} for one in json.loads(file.read_text("utf-8"))["records"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise ReviewError(f"{file} names no files that were judged; seal the folder as the audit wrote it.") from error
    if told != judged or found.sample != record_audit.sample(one.name for one in found.records.files):
        raise ReviewError("The result names another sample than the files that were judged: result.json was changed after the audit.")


def _require_sample(found: Result, file: Path) -> None:
    """The platform is the declared one: a result cannot be passed on to another platform, operator or address."""
    try:
        declared = json.loads(file.read_text("utf-8"))
        head, sandbox = declared["candidate"], declared.get("sandbox", {})
        wanted = {
            "name": head["name"], "kind": head["kind"], "base_url": head["base_url"].rstrip("/"), "operator": head["operator"],
            "sandbox": sandbox.get("enabled", False), "clock": sandbox.get("clock", "none"),
        }  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ReviewError(f"{file} is no declaration of a run; seal the folder as the audit wrote it.") from error
    version = head.get("version")
    if version and found.sample.stated_version not in ("", version):
        raise ReviewError(
            f"The declaration speaks of version {version}, and the result of {found.sample.stated_version}: which one was tested is open. "
            "State the version that runs, and audit it again."
        )
    for name, value in wanted.items():
        if getattr(found.sample, name) != value:
            raise ReviewError(
                f"The declaration says {name} = {value!r} of the platform, and the result {getattr(found.sample, name)!r}: "
                f"result.json or {file.name} was changed after the audit."
            )


def _require_ordered(found: Result, events: Sequence[Event]) -> None:
    begun = next((e for e in events if isinstance(e, RunStarted) and (e.kind, e.plan) != (found.kind, found.basis.plan)), None)
    if begun:
        raise ReviewError(
            f"The run was begun as {begun.kind} by the plan {begun.plan}, and the result is a {found.kind} by {found.basis.plan}: what was "
            "not ordered as such does not become it; audit again with the kind and plan that are wanted."
        )


def _require_outcomes(found: Result, journals: Path, sources: Mapping[str, inventory.Check]) -> None:
    events = journal.read_run(journals)
    _require_ordered(found, events)
    seen = {
        outcome.check: outcome
        for outcome in run.outcomes(events, [inventory.base(check.id) for check in found.checks])
    }  # fmt: skip
    told = {check.id: check for check in found.checks}
    for check, outcome in seen.items():
        if check not in told or not _same(told[check], outcome, sources.get(inventory.base(check))):
            said = told[check].state.value if check in told else "nothing"
            also = " in other words" if said == outcome.state.value else ""
            raise ReviewError(
                f"The journal says of the check {check} that it {outcome.state.value}, and the result says {said}{also}: "
                "result.json or the journal was changed after the audit."
            )
    _require_located(found, events)
    lost = next((check for check in told if check not in seen), None)
    if lost:
        raise ReviewError(f"The journal says nothing of the check {lost}, and the result does: one of them was changed after the audit.")


def _require_located(found: Result, events: Sequence[Event]) -> None:
    """Where the servers answer is told as it was judged."""
    try:
        judged = audit.whereabouts(events)
    except ValueError as error:
        raise ReviewError("What the journal says of where servers answer cannot be read: it was changed after the audit.") from error
    if found.whereabouts != judged:
        raise ReviewError("The result says otherwise than the journal where servers answer: one of them was changed after the audit.")


def _require_occasion(found: Result, folder: Path) -> None:
    """When, for whom, of what version and by which command: as the journal keeps it since the run began."""
    seen = occasion.of(folder / "journal")
    other = occasion.apart(found, seen, run.attempts(folder)) if seen else None
    if other:
        name, journaled, told = other
        raise ReviewError(
            f"The journal keeps {name} = {journaled!r} of the run, and the result says {told!r}: result.json or the journal was changed "
            "after the audit, or another version of tenderproof made them."
        )


def _require_sources(found: Result, sources: Mapping[str, inventory.Check]) -> None:
    """What is read beside an outcome: the check's own title, and the command that repeats it."""
    for check in found.checks:
        base = inventory.base(check.id)
        title = sources[base].title if base in sources else ""
        if check.title != title or check.repeat != f"{found.run.command} --only {shlex.quote(base)}":
            raise ReviewError(f"The result says another title of {check.id}, or another command that repeats it, than its source.")


def _same(told: Check, outcome: Outcome, source: inventory.Check | None) -> bool:
    """A check that never began says what it decides in its source alone, and why it did not begin is told by who should have begun it."""
    if not outcome.clauses:
        named = source is None or (tuple(told.clauses), told.way, told.acquits) == (source.clauses, source.way, source.acquits)
        return named and told.state is outcome.state
    seen = (outcome.clauses, outcome.way, outcome.acquits, outcome.state, outcome.blame, outcome.reason, outcome.detail, outcome.where)
    said = (tuple(told.clauses), told.way, told.acquits, told.state, told.blame, told.reason, told.detail, told.where)
    measured = (told.seconds, told.observations, told.attempt) == (outcome.seconds, outcome.observations, outcome.attempt)
    return seen == said and measured


def _no_papers(found: Result) -> Taken:
    """Nobody signs anything for a data set."""
    if found.papers:
        raise ReviewError("The result of a data set tells of papers: result.json was changed after the audit.")
    return NOTHING


def _papers(found: Result, folder: Path, plan: Plan, known: Mapping[str, catalogue.Clause]) -> Taken:
    """What counts of the papers, opened and examined again; the result tells of each as it is."""
    declared = json.loads((folder / published.FILE).read_text("utf-8"))
    version = found.sample.stated_version or str(declared["candidate"].get("version", ""))
    taken = kept.reopened(folder, declared, plan, known, version, day_in_china(found.run.started))
    told = [paper for paper in found.papers if paper != _UNREADABLE.model_copy(update={"file": paper.file, "fault": paper.fault})]
    for said, seen in zip_longest(told, taken.papers):
        apart = [name for name in Paper.model_fields if said is None or seen is None or _of_paper(said, name) != _of_paper(seen, name)]
        if apart:
            name = PurePath((said or seen or _UNREADABLE).file).name
            raise ReviewError(
                f"The result tells of the paper {name} otherwise ({apart[0]}) than what was signed, or of one that is not among the run's "
                f"papers ({kept.FOLDER}): result.json or the papers were changed after the audit."
            )
    return taken


def _of_paper(paper: Paper, field: str) -> object:
    """A paper is known by its name; what was never signed has the declaration's, which is published under another."""
    if field != "file":
        return getattr(paper, field)
    return PurePath(paper.file).name if paper.sha256 else ""


def _followed(told: Clause, found: Result, plan: Plan, known: dict[str, catalogue.Clause], taken: Taken) -> ClauseVerdict:
    if told.id not in known:
        raise ReviewError(f"The result has a clause {told.id} that the installed specification does not know.")
    clause, outcomes = known[told.id], list(_outcomes(told, found))
    beside = circumstances(told, plan, clause)
    again = judge(
        clause, outcomes, replace(beside, statements=taken.statements, exemptions=taken.exemptions, waivers=taken.waivers)
    )  # fmt: skip
    anew = audit.entry(clause, again)
    _require_words(told, anew)
    same_reason = (anew.reason.code, anew.blame) == (told.reason.code, told.blame) or not outcomes
    same_values = anew.reason.values == told.reason.values or anew.reason.code not in _FOLLOWING
    same_papers = (anew.disposition, anew.statement, anew.waiver) == (told.disposition, told.statement, told.waiver)
    if anew.verdict is not told.verdict or not (same_reason and same_values and same_papers) or anew.checks != told.checks:
        raise ReviewError(
            f"The result says of {told.id} that it is {told.verdict.value} ({told.reason.code}), and from its checks follows "
            f"{again.verdict.value} ({again.reason.code}): result.json was changed after the audit."
        )
    return again


def _require_words(told: Clause, anew: Clause) -> None:
    apart = [name for name in Clause.model_fields if name not in _OF_THE_VERDICT and getattr(told, name) != getattr(anew, name)]
    if apart:
        raise ReviewError(
            f"The result says another {apart[0]} of {told.id} than the installed specification: it was judged by another release, which "
            "then reviews and seals it, or result.json was changed after the audit."
        )


def _outcomes(told: Clause, found: Result) -> Iterator[Outcome]:
    """Every outcome that names the clause, whether the clause tells of it or not."""
    for check in found.checks:
        if told.id in check.clauses:
            yield Outcome(check.id, (told.id,), check.way, check.state, check.blame, check.reason, check.detail, acquits=check.acquits)
