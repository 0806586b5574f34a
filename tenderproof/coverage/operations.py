"""Which operations of the people a driver offers, which it leaves out, and which it takes otherwise than checks call them."""

import difflib
import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from tenderproof.drivers import Driver
from tenderproof.testing import actors
from tenderproof.testing.actors import Administrator, Agency, Auditor, Bidder, Expert, Owner, Person, Public, Supervisor, Tenderee, Verifier
from tenderproof.testing.identities import Identity
from tenderproof.vocabulary import Missing

ROLES: Mapping[str, type[Public]] = {
    "public": Public, "tenderee": Tenderee, "agency": Agency, "bidder": Bidder, "expert": Expert, "verifier": Verifier,
    "administrator": Administrator, "auditor": Auditor, "supervisor": Supervisor,
}  # fmt: skip
_KINDS = (Public, Person, Owner, Tenderee, Agency, Bidder, Expert, Verifier, Administrator, Auditor, Supervisor)
_NONE = frozenset({"tries"})  # what everybody can do with what a driver offers is no operation
_ALIKE = 0.8
_PLACED = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)


class Offer(StrEnum):
    """What a driver does about an operation."""

    OFFERED = "offered"
    PARTLY = "partly"
    WRONG = "wrong"
    MISSING = "missing"


@dataclass(frozen=True)
class Fault:
    """Why a call as checks make it would not be taken: a code of the wording catalogue, and the parameter of which it speaks."""

    code: str
    parameter: str = ""


@dataclass(frozen=True)
class Operation:
    """One operation of a kind of people: ``without`` are the roles whose player leaves it out; ``perhaps`` is a method with a like name."""

    kind: str
    name: str
    offer: Offer
    without: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    perhaps: str = ""


def players(driver: Driver) -> dict[str, type[Public]]:
    """The class that plays each role: of the declared people, else of whom the driver would make; a role that nobody plays is left out."""
    found = {"public": type(driver.public)}
    for role in ROLES:
        declared = driver.declared(role) if role != "public" else ()
        if declared:
            found[role] = type(declared[0])
        elif role != "public":
            try:
                found[role] = type(driver.acting(Identity(role, role, "", certificate="")))
            except Missing:
                continue
    return found


def examined(playing: Mapping[str, type[Public]]) -> tuple[Operation, ...]:
    """Every operation there is, by the kind of people that has it, in the order in which the engine has them."""
    return tuple(_examined(kind, name, playing) for kind in _KINDS for name in names(kind))


def names(kind: type[Public]) -> Iterator[str]:
    """The operations that a kind of people has of its own."""
    yield from (name for name, value in vars(kind).items() if inspect.isfunction(value) and not name.startswith("_") and name not in _NONE)


@cache
def known() -> frozenset[str]:
    """The names of all operations."""
    return frozenset(name for kind in _KINDS for name in names(kind))


def _examined(kind: type[Public], name: str, playing: Mapping[str, type[Public]]) -> Operation:
    those = {role: player for role, player in playing.items() if issubclass(ROLES[role], kind)}
    without = tuple(role for role, player in those.items() if _is_left_out(player, name))
    faults = dict.fromkeys(fault for role, player in those.items() if role not in without for fault in _faults(kind, name, player))
    if len(without) == len(those):
        return Operation(kind.__name__, name, Offer.MISSING, perhaps=_perhaps(name, those.values()))
    if faults:
        return Operation(kind.__name__, name, Offer.WRONG, without, tuple(faults))
    return Operation(kind.__name__, name, Offer.PARTLY if without else Offer.OFFERED, without)


def _is_left_out(player: type[Public], name: str) -> bool:
    """Whether what a player would do is what the engine has for those that offer nothing."""
    return _from_engine(inspect.getattr_static(player, name, None))


def _from_engine(value: Any) -> bool:
    return value is None or str(getattr(value, "__module__", "")).startswith(actors.__name__)


def _faults(kind: type[Public], name: str, player: type[Public]) -> Iterator[Fault]:
    """What keeps a player's method from being called as the engine's is."""
    method = inspect.getattr_static(player, name)
    if not inspect.isfunction(method):
        yield Fault("no_method")
        return
    asked, taken = (list(inspect.signature(one).parameters.values())[1:] for one in (vars(kind)[name], method))
    yield from (fault for number, parameter in enumerate(asked) if (fault := _not_taken(parameter, number, taken)))
    expected = {parameter.name for parameter in asked}
    own = [one for one in taken if one.name not in expected and one.kind in (*_PLACED, inspect.Parameter.KEYWORD_ONLY)]
    yield from (Fault("asks_for_more", one.name) for one in own if one.default is inspect.Parameter.empty)


def _not_taken(asked: inspect.Parameter, number: int, taken: Sequence[inspect.Parameter]) -> Fault | None:
    """Why a parameter of the engine's operation, at its place, is not taken as checks give it; None if it is."""
    own = next((one for one in taken if one.name == asked.name and one.kind is not inspect.Parameter.POSITIONAL_ONLY), None)
    any_place, any_name = (
        any(one.kind is form for one in taken) for form in (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    )
    if asked.kind is inspect.Parameter.VAR_KEYWORD:
        return None if any_name else Fault("no_filters", asked.name)
    if own is None:
        return None if any_name and (any_place or asked.kind is inspect.Parameter.KEYWORD_ONLY) else Fault("not_taken", asked.name)
    places = [one.name for one in taken if one.kind in _PLACED]
    if asked.kind in _PLACED and not any_place and places[number : number + 1] != [asked.name]:
        return Fault("other_place", asked.name)
    required = asked.default is not inspect.Parameter.empty and own.default is inspect.Parameter.empty
    return Fault("no_default", asked.name) if required else None


def _perhaps(name: str, those: Iterable[type[Public]]) -> str:
    """A method of the driver's own that may have been meant, for its name is nearly the same."""
    own = {other for player in those for other in dir(player) if not other.startswith("_")} - known()
    return next(iter(difflib.get_close_matches(name, sorted(own), 1, _ALIKE)), "")
