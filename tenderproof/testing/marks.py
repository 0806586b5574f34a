"""The marker by which a check says what it decides, and by which way it looks."""

from collections.abc import Callable
from typing import Literal, TypeVar

import pytest

_Way = Literal["sandbox", "record", "network", "document"]
_Dose = Literal["", "intrusive"]
_WAYS = ("sandbox", "record", "network", "document")
_F = TypeVar("_F", bound=Callable[..., object])


def clause(*ids: str, way: _Way = "sandbox", acquits: bool = True, dose: _Dose = "") -> Callable[[_F], _F]:
    """Mark a check with the clauses that it decides.

    Ids, way, ``acquits`` and ``dose`` are literals, so that what is decided can be read without running anything; a check may carry
    several marks. With ``acquits=False`` the check may convict and does nothing else: that it passed, was skipped or ended in trouble
    says nothing of a clause. With ``dose="intrusive"`` it is performed only where a run of that dose is authorised (docs/dose.md).
    ``TypeError`` or ``ValueError`` where a mark names nothing, the same clause twice, or no way of ours.
    """
    if not ids or not all(name and name.strip() == name for name in ids):
        raise TypeError("A check stands on a clause: say @clause('EB-27-3'), with the clause's id.")
    if len(set(ids)) != len(ids):
        raise ValueError(f"@clause{ids}: a clause is named twice.")
    if way not in _WAYS:
        raise ValueError(f"@clause(way={way!r}): there is no such way; known are {', '.join(_WAYS)}.")
    if dose and (way != "sandbox" or dose != "intrusive"):
        raise ValueError(f"@clause(way={way!r}, dose={dose!r}): only a probe of a sandbox can be intrusive.")
    mark: Callable[[_F], _F] = pytest.mark.clause(*ids, way=way, acquits=acquits, dose=dose)
    return mark
