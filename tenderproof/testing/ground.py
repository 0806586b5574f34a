"""The ground on which an assertion stands: a check of several clauses says which of them it saw broken."""

from collections.abc import Iterable


class Ground:
    """The clauses of a check, and those of them that it has seen broken. If it fails it convicts these alone, else all of them.

    Only a check that never acquits has one: of one that does, the clauses that it names no more would count as if it had not been made.
    """

    def __init__(self, clauses: tuple[str, ...], *, acquits: bool) -> None:
        self._clauses, self._acquits = clauses, acquits
        self.broken: tuple[str, ...] = ()

    def narrow(self, broken: Iterable[str]) -> None:
        """What is asserted from now on stands on these clauses. ``ValueError`` if one is not the check's, or if the check acquits."""
        chosen = tuple(dict.fromkeys(broken))
        foreign = [clause for clause in chosen if clause not in self._clauses]
        if foreign:
            raise ValueError(f"The check does not stand on {', '.join(foreign)}; it names {', '.join(self._clauses)}.")
        if self._acquits:
            raise ValueError("A check that acquits stands on all its clauses; mark it @clause(..., acquits=False) to narrow its ground.")
        self.broken = chosen
