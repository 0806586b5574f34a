"""What a check needs of a driver: read from the source of the suites and of the stories that they tell, without running anything.

Operations and instruments are counted where a call of them stands, in the check, in what it calls of its own module, and in the stories
up to the stage that it asks for. What stands in a story only for tenders of some kind counts for a check that chooses that fact.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tenderproof.coverage import operations
from tenderproof.inventory import Check
from tenderproof.testing import published, stories
from tenderproof.testing.actors import Person
from tenderproof.testing.lifecycle import living

INSTRUMENTS = (
    "clock", "views", "browser", "interface", "bid_tool", "public_service", "exchange", "expert_bases", "identities", "line", "visits",
    "looks", "callbacks", "channel", "hosts", "access", "site", "crowd",
)  # fmt: skip
_STORIES, _PUBLISHED, _LIVES = "stories", "published", "lives"
_OWNER = {"owner": "organisation"}  # a tender has another owner than its tenderee where an agency organises it
_SUITE = "suite"
_KINDS = frozenset({"Public", "Owner", *(kind.__name__ for kind in operations.ROLES.values()), Person.__name__})


@dataclass
class Needs:
    """Names of operations and of instruments."""

    operations: set[str] = field(default_factory=set)
    instruments: set[str] = field(default_factory=set)

    def add(self, other: "Needs") -> None:
        """These too."""
        self.operations |= other.operations
        self.instruments |= other.instruments


def of(checks: Iterable[Check], suites: Path) -> dict[str, Needs]:
    """What each check needs, by its id."""
    return {check.id: _Reader(_functions(suites / check.file)).of(check.id.rpartition("::")[2]) for check in checks}


@cache
def _functions(path: Path) -> Mapping[str, list[ast.FunctionDef]]:
    """The functions of a module by name; a class stands for all its methods, which are also there by their own names."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for node in ast.parse(path.read_text("utf-8")).body:
        if isinstance(node, ast.FunctionDef):
            found.setdefault(node.name, []).append(node)
        elif isinstance(node, ast.ClassDef):
            methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
            found.setdefault(node.name, []).extend(methods)
            for method in methods:
                found.setdefault(method.name, []).append(method)
    return found


class _Reader:
    """Reads one check: what it calls, what that calls, and so on."""

    def __init__(self, own: Mapping[str, list[ast.FunctionDef]]) -> None:
        self._own, self._facts = own, set[str]()
        self._told: set[tuple[str, str]] = set()

    def of(self, name: str) -> Needs:
        """What the check of this name needs."""
        reached = self._reached(name)
        self._facts = {word for function in reached for word in _words(function)}
        found = Needs()
        for function in reached:
            found.add(self._within(function, _SUITE))
        return found

    def _reached(self, name: str) -> list[ast.FunctionDef]:
        """The check, and all functions of its module that it comes to."""
        waiting, seen = [name], dict[str, list[ast.FunctionDef]]()
        while waiting:
            one = waiting.pop()
            if one in seen or one not in self._own:
                continue
            seen[one] = self._own[one]
            for function in self._own[one]:
                mentioned = [node.id for node in ast.walk(function) if isinstance(node, ast.Name)]
                methods = [node.attr for node in ast.walk(function) if isinstance(node, ast.Attribute) and node.attr in self._own]
                waiting += [*mentioned, *(argument.arg for argument in function.args.args), *methods]
        return [function for functions in seen.values() for function in functions]

    def _within(self, function: ast.FunctionDef, place: str) -> Needs:
        found = Needs()
        for node in _relevant(function, self._facts if place != _SUITE else None):
            match node:
                case ast.Call(func=ast.Attribute(value=receiver, attr=name)):
                    found.add(self._called(receiver, name, node, place))
                case ast.Attribute(value=ast.Name(id=kind), attr=name) if kind in _KINDS and name in operations.known():
                    found.operations.add(name)
                case ast.Name(id=name) if name in INSTRUMENTS and place == _SUITE:
                    found.instruments.add(name)
        if place == _SUITE:
            taken = {argument.arg for argument in function.args.args}
            found.instruments |= taken.intersection(INSTRUMENTS)
            if _LIVES in taken:
                found.add(self._lives())
        return found

    def _lives(self) -> Needs:
        """Lives are walked with whatever the law's model of them knows: all that living one takes."""
        found = Needs()
        for function in {id(one): one for those in _functions(Path(str(living.__file__))).values() for one in those}.values():
            found.add(self._within(function, _LIVES))
        return found

    def _called(self, receiver: ast.expr, name: str, call: ast.Call, place: str) -> Needs:
        match receiver, place:
            case ast.Name(id="stories"), _:
                return self._story(name, call)
            case (ast.Name(id="published"), _) | (ast.Name(id="self" | "Stories"), "stories"):
                return self._module(_STORIES if place == _STORIES else _PUBLISHED, name)
            case ast.Attribute(value=ast.Name(id="self"), attr="_stories"), "lives":
                return self._story(name, call)
            case ast.Attribute(value=ast.Name(id="self"), attr="_clock" | "_identities" as own), "stories" | "lives":
                return Needs(instruments={own.removeprefix("_")})
            case ast.Name(id=thing), _ if thing in INSTRUMENTS:
                return Needs()
        return Needs({name} if name in operations.known() else set())

    def _story(self, name: str, call: ast.Call) -> Needs:
        """A stage with all that leads to it, or another thing that stories can do."""
        stage = {"finished": "archived"}.get(name, name)
        if name == "known" and call.args and isinstance(call.args[0], ast.Constant):
            stage = str(call.args[0].value)
        found = self._module(_STORIES, name)
        for step in _leading_to(stage):
            found.add(self._module(_STORIES, step))
        return found

    def _module(self, module: str, name: str) -> Needs:
        """What a function of one of the engine's own modules for suites needs; once a check."""
        if (module, name) in self._told:
            return Needs()
        self._told.add((module, name))
        functions = _functions(Path(str((stories if module == _STORIES else published).__file__)))
        found = Needs()
        for function in functions.get(name, ()):
            found.add(self._within(function, module))
            if module == _PUBLISHED:
                for node in ast.walk(function):
                    if isinstance(node, ast.Name) and node.id in functions:
                        found.add(self._module(module, node.id))
        return found


def _relevant(function: ast.FunctionDef, facts: set[str] | None) -> Iterator[ast.AST]:
    """The nodes of a function; in a story (``facts`` given) without the branches for tenders of which the check does not speak."""
    waiting: list[ast.AST] = list(function.body)
    while waiting:
        node = waiting.pop()
        yield node
        if facts is not None and isinstance(node, ast.While):
            continue  # whoever is declared in sufficient number need not be made
        if facts is not None and isinstance(node, ast.If) and (chosen := _chosen_by(node.test)) and not chosen & facts:
            waiting += node.orelse
            continue
        waiting += list(ast.iter_child_nodes(node))


def _chosen_by(test: ast.expr) -> set[str]:
    """The facts of a tender on which a branch of a story depends."""
    found = set()
    for node in ast.walk(test):
        if isinstance(node, ast.Attribute):
            if isinstance(node.value, ast.Attribute) and node.value.attr == "facts":
                found.add(node.attr)
            elif isinstance(node.value, ast.Name) and node.value.id == "tender" and node.attr in _OWNER:
                found.add(_OWNER[node.attr])
    return found


def _words(function: ast.FunctionDef) -> Iterator[str]:
    """What a check may choose of a tender: its keywords, and the texts that stand in it."""
    for node in ast.walk(function):
        if isinstance(node, ast.keyword) and node.arg:
            yield node.arg
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


@cache
def _stories() -> tuple[tuple[tuple[str, str], ...], ...]:
    """The ways that stories go: stage and the method that leads to it, as they stand in the source."""
    (begin,) = _functions(Path(str(stories.__file__)))["__init__"]
    ways = []
    for node in ast.walk(begin):
        if isinstance(node, ast.Tuple) and node.elts and all(isinstance(part, ast.Tuple) for part in node.elts):
            pairs = [(part.elts[0], part.elts[1]) for part in node.elts if isinstance(part, ast.Tuple)]
            ways.append(
                tuple(
                    (str(stage.value), step.attr)
                    for stage, step in pairs
                    if isinstance(stage, ast.Constant) and isinstance(step, ast.Attribute)
                )
            )
    return tuple(ways)


def _leading_to(stage: str) -> list[str]:
    """The methods that lead to a stage; none if there is no such stage."""
    for way in _stories():
        stages = [name for name, _ in way]
        if stage in stages:
            return [step for _, step in way[: stages.index(stage) + 1]]
    return []
