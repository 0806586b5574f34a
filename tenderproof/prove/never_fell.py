"""The checks that no mutant made fall: whether they can, nothing has shown."""

from collections.abc import Iterable, Sequence

from tenderproof.inventory import Check, base
from tenderproof.prove.score import Score, affected


def never_fell(scores: Iterable[Score], checks: Sequence[Check]) -> tuple[str, ...]:
    """The ids of those that decide a clause of one of these mutants and fell on none of them, in the order of the checks.

    One that takes long may have had no turn, since all were killed without it (:func:`tenderproof.prove.matrix.in_turns`).
    """
    tried = list(scores)
    fell = {base(check) for score in tried for check in score.fell}
    deciding = {check.id for score in tried for check in affected(score.mutant, checks)}
    return tuple(check.id for check in checks if check.id in deciding - fell)
