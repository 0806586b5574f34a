"""The law's model of a life (历程): stages, acts, and what must be accepted or refused where, read from ``specs/lifecycle``.

A situation is a stage with the quantities that count besides it. The first rule that fits an act in a situation decides; where none
fits, the law leaves the act free.
"""

import json
from collections import deque
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator

from tenderproof.spec.location import line_of
from tenderproof.vocabulary import WrongInput

STAGE = "stage"  # the effect that may also come with time
Words = Mapping[str, str]


class LifecycleError(WrongInput):
    """A life cannot be used; the message names file, line and key."""


class Expected(StrEnum):
    """How an act must be answered."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    EITHER = "either"


@dataclass(frozen=True)
class Stage:
    """A stage; ``when`` completes an act's sentence."""

    title: Words
    when: Words


@dataclass(frozen=True)
class Act:
    """An act: who does it (blank: it is time that passes), what it is called, and what would come of it."""

    actor: str
    title: Words
    effects: tuple[str, ...]


@dataclass(frozen=True)
class Situation:
    """Where a life stands: the stage, and the quantities in the order of the model."""

    stage: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Bound:
    """What a quantity must be: at least ``least``, and below ``below`` if that is given."""

    quantity: int
    least: int
    below: int | None

    def holds(self, counts: tuple[int, ...]) -> bool:
        """Whether the quantities are within the bound."""
        count = counts[self.quantity]
        return self.least <= count and (self.below is None or count < self.below)


@dataclass(frozen=True)
class Rule:
    """How an act is answered at some stages, where the bounds hold, and what follows; ``number`` is its place in the file, from 0."""

    number: int
    act: str
    stages: tuple[str, ...]
    where: tuple[Bound, ...]
    expected: Expected
    granted: bool
    to: str
    adds: tuple[int, ...]
    keeps: tuple[str, ...]
    clauses: tuple[str, ...]
    ground: Words

    def fits(self, situation: Situation) -> bool:
        """Whether the rule speaks of this situation."""
        return situation.stage in self.stages and all(bound.holds(situation.counts) for bound in self.where)

    def on_the_brink(self, situation: Situation) -> bool:
        """Whether every quantity that is bounded above is as high as the rule goes."""
        return all(bound.below in (None, situation.counts[bound.quantity] + 1) for bound in self.where)

    def after(self, situation: Situation) -> Situation:
        """The situation when the act has been accepted."""
        counts = tuple(count + added for count, added in zip(situation.counts, self.adds, strict=True))
        return Situation(self.to or situation.stage, counts)


@dataclass(frozen=True)
class Lifecycle:
    """A life as the law orders it."""

    id: str
    title: Words
    covers: Words
    begins: str
    stages: Mapping[str, Stage]
    quantities: Mapping[str, Words]
    effects: Mapping[str, Words]
    acts: Mapping[str, Act]
    rules: tuple[Rule, ...]

    @property
    def beginning(self) -> Situation:
        """Where a life begins."""
        return Situation(self.begins, (0,) * len(self.quantities))

    @property
    def clauses(self) -> tuple[str, ...]:
        """Every clause on which a rule stands, each once."""
        return tuple(dict.fromkeys(clause for rule in self.rules for clause in rule.clauses))

    @cached_property
    def _by_act(self) -> Mapping[str, tuple[Rule, ...]]:
        return {act: tuple(rule for rule in self.rules if rule.act == act) for act in self.acts}

    def rule(self, situation: Situation, act: str) -> Rule | None:
        """The rule that decides about an act in a situation; None where the law leaves it free."""
        return next((rule for rule in self._by_act[act] if rule.fits(situation)), None)

    def choices(self, situation: Situation) -> Iterator[Rule]:
        """The rules that decide in a situation, one an act."""
        found = (self.rule(situation, act) for act in self.acts)
        return (rule for rule in found if rule is not None)

    def way(self, start: Situation, wanted: Callable[[Situation], bool], usable: Callable[[Rule], bool]) -> tuple[Rule, ...] | None:
        """The shortest way by acts that must be accepted from a situation to a wanted one, by usable rules; None if there is none."""
        ways: dict[Situation, tuple[Rule, ...]] = {start: ()}
        waiting = deque([start])
        while waiting:
            here = waiting.popleft()
            if wanted(here):
                return ways[here]
            for rule in self.choices(here):
                there = rule.after(here)
                if rule.expected is Expected.ACCEPTED and usable(rule) and there not in ways:
                    ways[there] = (*ways[here], rule)
                    waiting.append(there)
        return None


def load_lifecycle(name: str, specs: Path, figure: Callable[[str], int]) -> Lifecycle:
    """Read a life; ``figure`` gives the plan's figures. LifecycleError names file, line and key of what is wrong."""
    path = specs / "lifecycle" / f"{name}.yaml"
    raw = _read(path, specs / "schemas/lifecycle.schema.json")
    _require_known(path, raw)

    def number(said: int | str) -> int:
        return figure(said) if isinstance(said, str) else said

    return Lifecycle(
        id=raw["id"],
        title=raw["title"],
        covers=raw["covers"],
        begins=raw["begins"],
        stages={stage: Stage(**entry) for stage, entry in raw["stages"].items()},
        quantities={quantity: entry["title"] for quantity, entry in raw["quantities"].items()},
        effects=raw["effects"],
        acts={act: Act(one.get("actor", ""), one["title"], tuple(one.get("effects", ()))) for act, one in raw["acts"].items()},
        rules=tuple(_rule(place, entry, raw["quantities"], number) for place, entry in enumerate(raw["rules"])),
    )


def _rule(place: int, entry: Mapping[str, Any], quantities: Mapping[str, Any], number: Callable[[int | str], int]) -> Rule:
    names, where, adds = list(quantities), entry.get("where", {}), entry.get("adds", {})
    bounds = [
        Bound(names.index(quantity), number(bound.get("least", 0)), number(bound["below"]) if "below" in bound else None)
        for quantity, bound in where.items()
    ]
    bounds += [  # nothing grows beyond its most
        Bound(names.index(quantity), 0, number(quantities[quantity]["most"]) - added + 1) for quantity, added in adds.items() if added > 0
    ]
    return Rule(
        number=place,
        act=entry["act"],
        stages=tuple(entry["in"]),
        where=tuple(bounds),
        expected=Expected(entry["answer"]),
        granted=entry.get("granted", False),
        to=entry.get("to", ""),
        adds=tuple(adds.get(quantity, 0) for quantity in names),
        keeps=tuple(entry.get("keeps", ())),
        clauses=tuple(entry.get("clauses", ())),
        ground=entry.get("ground", {}),
    )


def _read(path: Path, schema: Path) -> dict[str, Any]:
    if not path.is_file():
        raise LifecycleError(f"There is no life at {path}; write it as {schema.name} says.")
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as broken:
        raise LifecycleError(f"{path.name}: it is no YAML: {broken}.") from broken
    validator = Draft202012Validator(json.loads(schema.read_text("utf-8")))
    fault = min(validator.iter_errors(raw), key=lambda found: line_of(path, list(found.absolute_path)), default=None)
    if fault is not None:
        raise _error(path, list(fault.absolute_path), f"{fault.message}; correct it (schemas/{schema.name})")
    return dict(raw)


def _require_known(path: Path, raw: Mapping[str, Any]) -> None:
    """What a part of the file names stands in another."""
    known = {kind: set(raw[kind]) for kind in ("stages", "quantities", "effects", "acts")}
    for where, kind, name in _named(raw):
        if name not in known[kind]:
            raise _error(path, where, f"{name!r} is none of the {kind}; name one of {', '.join(sorted(known[kind]))}")


def _named(raw: Mapping[str, Any]) -> Iterator[tuple[list[str | int], str, str]]:
    yield ["begins"], "stages", raw["begins"]
    for act, entry in raw["acts"].items():
        for effect in entry.get("effects", ()):
            yield ["acts", act, "effects"], "effects", effect
    for place, rule in enumerate(raw["rules"]):
        for key, kind in (
            ("act", "acts"),
            ("in", "stages"),
            ("to", "stages"),
            ("where", "quantities"),
            ("adds", "quantities"),
            ("keeps", "effects"),
        ):
            said = rule.get(key, ())
            for name in [said] if isinstance(said, str) else said:
                yield ["rules", place, key], kind, name


def _error(path: Path, where: list[str | int], sentence: str) -> LifecycleError:
    key = ".".join(map(str, where)) or "the file"
    return LifecycleError(f"{path.name}:{line_of(path, where)}: {key}: {sentence}.")
