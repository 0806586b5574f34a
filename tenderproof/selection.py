"""Which checks a run performs: those that decide a clause of the plan, by a way that plan and candidate allow."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from tenderproof.inventory import Check
from tenderproof.vocabulary import Dose, Way

DOSE_TOO_LOW = "dose_too_low"


@dataclass(frozen=True)
class Selection:
    """The chosen checks, and for each one left out the reason's code of the wording catalogues."""

    checks: tuple[Check, ...]
    left_out: dict[str, str]


def select(
    known: Iterable[Check],
    clauses: Collection[str],
    ways: Collection[str],
    *,
    sandbox: bool,
    dose: Dose = Dose.STANDARD,
    areas: Collection[str] = (),
    only: Collection[str] = (),
) -> Selection:
    """Choose among the known checks.

    ``clauses`` and ``ways`` are the plan's; ``sandbox`` says whether the candidate is declared one: a sandbox probe never runs against
    a candidate that is not. ``dose`` is how hard the run may probe.
    ``areas`` and ``only`` (checks or clauses) narrow the run; empty means all.
    """
    chosen, left_out = [], {}
    for check in known:
        if not set(check.clauses) & set(clauses):
            continue
        reason = _reason_against(check, ways, areas, only, dose, sandbox=sandbox)
        if reason:
            left_out[check.id] = reason
        else:
            chosen.append(check)
    return Selection(tuple(chosen), left_out)


def _reason_against(
    check: Check, ways: Collection[str], areas: Collection[str], only: Collection[str], dose: Dose, *, sandbox: bool
) -> str:
    if check.way not in ways:
        return "way_not_in_plan"
    if check.way is Way.SANDBOX and not sandbox:
        return "not_a_sandbox"
    if not dose.covers(check.dose):
        return DOSE_TOO_LOW if check.intrusive else "only_reading"
    if areas and check.area not in areas:
        return "area_not_chosen"
    if only and check.id not in only and not set(check.clauses) & set(only):
        return "not_chosen"
    return ""
