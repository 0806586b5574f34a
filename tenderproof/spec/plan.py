"""A plan (检测方案): which clauses apply to which kind of candidate at which level, and the figures to compare with.

A plan is frozen with its edition: its list of clauses decides, and the rule beside it says how the list was made. A
figure that the law gives cannot be changed; one of ours can, by the declaration or the command line.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeVar

import yaml
from jsonschema import Draft202012Validator

from tenderproof.spec.calendar import Counting
from tenderproof.spec.location import line_of
from tenderproof.vocabulary import Dose, WrongInput

OURS = "ours"
_FILE = ".yaml"
Value = int | float | str | list[Any]


class PlanError(WrongInput):
    """A plan, or what somebody asks of it, is wrong; the message says what, where and what to do."""


class Selectable(Protocol):
    """What a plan's rule looks at in a clause."""

    @property
    def id(self) -> str:
        """Identifier."""

    @property
    def applies_to(self) -> Sequence[str]:
        """Kinds of candidate."""

    @property
    def stars(self) -> int | None:
        """Stars of a certification item."""

    @property
    def basis(self) -> str:
        """How the specification lets it be shown."""

    @property
    def ways(self) -> Sequence[str]:
        """Ways of observation."""

    @property
    def ways_needed(self) -> str:
        """Whether all ways must hold or any suffices."""


C = TypeVar("C", bound=Selectable)


@dataclass(frozen=True)
class Parameter:
    """A figure to compare with: its value, unit and source (a clause, or ``ours``), and how its days are counted."""

    name: str
    value: Value
    unit: str
    source: str
    title: Mapping[str, str]
    counting: Counting | None = None
    reason: str | None = None

    @property
    def is_ours(self) -> bool:
        """Whether the law gives no figure, so that the default is ours and may be changed."""
        return self.source == OURS


@dataclass(frozen=True)
class Selector:
    """One line of a plan's rule; a clause fits if every condition that is given holds."""

    group: str
    applies_to: str | None = None
    stars: frozenset[int | None] | None = None
    basis: frozenset[str] | None = None
    ways_any: frozenset[str] | None = None
    named: frozenset[str] | None = None

    def fits(self, clause: Selectable) -> bool:
        """Whether the clause belongs to the selector's group."""
        return (
            (self.applies_to is None or self.applies_to in clause.applies_to)
            and (self.stars is None or clause.stars in self.stars)
            and (self.basis is None or clause.basis in self.basis)
            and (self.ways_any is None or self._observable(clause))
            and (self.named is None or clause.id in self.named)
        )

    def _observable(self, clause: Selectable) -> bool:
        allowed = self.ways_any or frozenset()
        return allowed.issuperset(clause.ways) if clause.ways_needed == "all" else bool(allowed.intersection(clause.ways))


@dataclass(frozen=True)
class Plan:
    """A plan of one edition. ``groups`` is the frozen list of clause ids; ``level`` None certifies no star.

    ``dose`` is how hard a run by the plan probes, unless another is ordered.
    ``called`` is by what :func:`load_plan` finds it: its id, or the file of one that is not installed.
    ``zone`` is given for a place that is not the PRC: days begin there, and no holidays are known.
    """

    id: str
    title: Mapping[str, str]
    edition: str
    frozen: date
    kind: str
    level: int | None
    ways: frozenset[str]
    attestable: frozenset[str]
    rule: tuple[Selector, ...]
    groups: Mapping[str, tuple[str, ...]]
    parameters: Mapping[str, Parameter]
    zone: tzinfo | None = None
    dose: Dose = Dose.STANDARD
    called: str = ""

    @cached_property
    def clause_ids(self) -> tuple[str, ...]:
        """Every clause of the plan, in the order of its groups, each once."""
        return tuple(dict.fromkeys(clause for group in self.groups.values() for clause in group))

    def __contains__(self, clause_id: object) -> bool:
        """Whether the plan has the clause."""
        return clause_id in self.clause_ids

    def parameter(self, name: str) -> Parameter:
        """The figure of that name; `PlanError` if the plan has none."""
        try:
            return self.parameters[name]
        except KeyError:
            raise PlanError(f"plan {self.id} has no parameter {name!r}: use one of {_listed(self.parameters)}") from None

    def value(self, name: str) -> Value:
        """The value of a figure, in the unit of its parameter."""
        return self.parameter(name).value

    def whole(self, name: str) -> int:
        """A figure that counts something: days, bidders, members."""
        value = self.value(name)
        if not isinstance(value, int):
            raise PlanError(f"parameter {name!r} of plan {self.id} is no whole number but {value!r}")
        return value

    def fraction(self, name: str) -> Fraction:
        """A share or a percentage as an exact fraction: 2 percent is 1/50, "2/3" is 2/3."""
        parameter = self.parameter(name)
        if isinstance(parameter.value, list):
            raise PlanError(f"parameter {name!r} of plan {self.id} is no share but a list")
        share = Fraction(str(parameter.value))
        return share / 100 if parameter.unit == "percent" else share

    def may_be_attested(self, clause: Selectable) -> bool:
        """Whether a signed statement counts for the clause (自声明, or proof by the public service platform)."""
        return clause.basis in self.attestable

    def select(self, clauses: Iterable[C]) -> list[C]:
        """The clauses of the plan, in its order; `PlanError` names those that the specification does not hold."""
        by_id = {clause.id: clause for clause in clauses}
        unknown = [clause_id for clause_id in self.clause_ids if clause_id not in by_id]
        if unknown:
            raise PlanError(
                f"plan {self.id} names clauses that specs/clauses does not hold: {_listed(unknown)}; "
                f"correct the list in specs/plans/{self.id}.yaml or add the clauses"
            )
        return [by_id[clause_id] for clause_id in self.clause_ids]

    def chosen_by_rule(self, clauses: Iterable[Selectable]) -> dict[str, tuple[str, ...]]:
        """What the rule chooses today: clause ids by group. The frozen list decides; a test holds the two together."""
        chosen: dict[str, list[str]] = {selector.group: [] for selector in self.rule}
        for clause in clauses:
            for selector in self.rule:
                if selector.fits(clause):
                    chosen[selector.group].append(clause.id)
                    break
        return {group: tuple(ids) for group, ids in chosen.items()}

    def with_parameters(self, changes: Mapping[str, Value]) -> "Plan":
        """The plan with figures of ours replaced; `PlanError` for the law's, an unknown name or another type."""
        parameters = dict(self.parameters)
        for name, value in changes.items():
            parameters[name] = replace(self.parameter(name), value=self._changed(self.parameter(name), value))
        return replace(self, parameters=parameters)

    def _changed(self, parameter: Parameter, value: Value) -> Value:
        name, default = parameter.name, parameter.value
        if not parameter.is_ours:
            raise PlanError(
                f"parameter {name!r} of plan {self.id} is the law's ({parameter.source}: {default} {parameter.unit}) "
                f"and cannot be changed; remove it"
            )
        if isinstance(default, str | list):
            same_type = isinstance(value, type(default))
        else:
            same_type = isinstance(value, int | float) and not isinstance(value, bool)
        if not same_type:
            raise PlanError(f"parameter {name!r} of plan {self.id} takes a value like {default!r} ({parameter.unit}), not {value!r}")
        if isinstance(value, int | float) and not 0 <= value < float("inf"):
            raise PlanError(f"parameter {name!r} of plan {self.id} cannot be {value}: give a number from 0 up ({parameter.unit})")
        return value


def known_plans(specs: Path) -> list[str]:
    """The names of the plans under ``specs/plans``."""
    return sorted(path.stem for path in (specs / "plans").glob("*.yaml"))


def load_plan(name: str, specs: Path) -> Plan:
    """Read the plan ``name``, or the plan in a file of that name (``….yaml``), whose figures may lie beside it.

    `PlanError` is a sentence that names the known plans, or file, line and key.
    """
    path = Path(name) if name.endswith(_FILE) else specs / "plans" / f"{name}{_FILE}"
    if not path.is_file():
        raise PlanError(f"there is no plan {name!r}: use one of {_listed(known_plans(specs))}")
    raw = _read(path, specs / "schemas/plan.schema.json")
    if raw["id"] != path.stem:
        where = f"{path.name}:{line_of(path, ['id'])}"
        raise PlanError(f"{where}: id is {raw['id']!r}, but the file is named {path.stem!r}: make them equal")
    return Plan(
        id=raw["id"],
        title=raw["title"],
        edition=raw["edition"],
        frozen=date.fromisoformat(raw["frozen"]),
        kind=raw["kind"],
        level=raw["level"],
        ways=frozenset(raw["ways"]),
        attestable=frozenset(raw["attestable"]),
        rule=tuple(_selector(entry) for entry in raw["rule"]),
        groups={group: tuple(ids) for group, ids in raw["clauses"].items()},
        parameters=_load_figures(path, raw["figures"], specs),
        zone=datetime.fromisoformat(f"2000-01-01T00:00:00{raw['zone']}").tzinfo if "zone" in raw else None,
        dose=Dose(raw.get("dose", Dose.STANDARD)),
        called=str(path.resolve()) if name.endswith(_FILE) else name,
    )


def _load_figures(plan: Path, name: str, specs: Path) -> dict[str, Parameter]:
    beside = plan.parent / "parameters" / f"{name}{_FILE}"
    path = beside if beside.is_file() else specs / "plans/parameters" / f"{name}{_FILE}"
    if not path.is_file():
        where = f"{plan.name}:{line_of(plan, ['figures'])}"
        raise PlanError(f"{where}: there are no figures {name!r}: plans/parameters/{name}.yaml is missing")
    raw = _read(path, specs / "schemas/figures.schema.json")
    return {key: _parameter(key, entry) for key, entry in raw["parameters"].items()}


def _parameter(name: str, entry: Mapping[str, Any]) -> Parameter:
    return Parameter(
        name=name,
        value=entry["value"],
        unit=entry["unit"],
        source=entry["source"],
        title=entry["title"],
        counting=Counting(entry["counting"]) if "counting" in entry else None,
        reason=entry.get("reason"),
    )


def _selector(entry: Mapping[str, Any]) -> Selector:
    def chosen(key: str) -> frozenset[Any] | None:
        return frozenset(entry[key]) if key in entry else None

    return Selector(entry["group"], entry.get("applies_to"), chosen("stars"), chosen("basis"), chosen("ways_any"), chosen("named"))


def _read(path: Path, schema: Path) -> dict[str, Any]:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    except yaml.YAMLError as broken:
        raise PlanError(f"{path.name}: it is not YAML: {broken}") from broken
    validator = Draft202012Validator(json.loads(schema.read_text(encoding="utf-8")))
    error = min(validator.iter_errors(raw), key=lambda found: line_of(path, list(found.absolute_path)), default=None)
    if error is not None:
        where = list(error.absolute_path)
        key = ".".join(map(str, where)) or "the file"
        line = line_of(path, where)
        raise PlanError(f"{path.name}:{line}: {key}: {error.message}; correct it (schemas/{schema.name})")
    return dict(raw)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(sorted(names)) or "none, for there are none"
