"""With what each operation refuses: read from the source, along everything that its handler can call."""

import ast
import inspect
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path

import federation.trading
from fastapi.routing import APIRoute
from federation.trading.sessions import MARKET_ROLES
from federation.trading.wording import REFUSALS

from contract.operations import Content, roles

_PACKAGE = "federation.trading"
_ROOT = Path(federation.trading.__path__[0])
_DEFAULT_STATUS = 409
Name = tuple[str, str]
Refused = set[tuple[str, int]]
_AT_THE_DOOR = {(f"{_PACKAGE}.act", name) for name in ("acting", "anyone")}


class Module:
    """One module of the reference: its functions, constants and what its names stand for."""

    def __init__(self, name: str, path: Path) -> None:
        self.name = name
        self.defined: dict[str, ast.AST] = {}
        self.imported: dict[str, Name] = {}
        for statement in ast.parse(path.read_text("utf-8")).body:
            self._take(statement)

    def _take(self, statement: ast.stmt) -> None:
        match statement:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self.defined[name] = statement
            case ast.ClassDef(name=name, body=body):
                self.defined |= {f"{name}.{inner.name}": inner for inner in body if isinstance(inner, ast.FunctionDef)}
            case ast.Assign(targets=[ast.Name(id=name)], value=value) | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
                self.defined[name] = value
            case ast.ImportFrom(module=str(module), names=names) if module.startswith(_PACKAGE):
                self.imported |= {alias.asname or alias.name: (module, alias.name) for alias in names}
            case _:
                pass


class Source:
    """The reference's source as a graph of names: who refers to whom, and who refuses with what."""

    def __init__(self) -> None:
        self._reached: dict[Name, set[Name]] = {}

    @cached_property
    def modules(self) -> dict[str, Module]:
        """Every module by its dotted name."""
        paths = {path: path.relative_to(_ROOT).with_suffix("").parts for path in sorted(_ROOT.rglob("*.py"))}
        names = {path: ".".join((_PACKAGE, *parts)).removesuffix(".__init__") for path, parts in paths.items()}
        return {name: Module(name, path) for path, name in names.items()}

    def named(self, module: Module, expression: ast.AST) -> Name | None:
        """What an expression in a module names: a definition of the reference, or nothing."""
        match expression:
            case ast.Name(id=name) if name in module.defined:
                return module.name, name
            case ast.Name(id=name) if name in module.imported:
                return self._member(module.imported[name])
            case ast.Attribute(value=ast.Name(id=name), attr=attribute) if name in module.imported:
                return self._member((".".join(module.imported[name]), attribute))
            case ast.Attribute(value=ast.Name(id="act"), attr=attribute):
                return self._member((f"{_PACKAGE}.act", f"Act.{attribute}"))
            case _:
                return None

    def _member(self, name: Name) -> Name | None:
        found = self.modules.get(name[0])
        return name if found is not None and name[1] in found.defined else None

    def reached(self, start: Name) -> set[Name]:
        """Everything that a definition refers to, directly or not; the door is looked at by itself."""
        seen, waiting = {start}, [start]
        while waiting:
            new = self._references(waiting.pop()) - seen - _AT_THE_DOOR
            seen |= new
            waiting += new
        return seen

    def _references(self, name: Name) -> set[Name]:
        if name not in self._reached:
            module = self.modules[name[0]]
            found = (self.named(module, node) for node in ast.walk(module.defined[name[1]]))
            self._reached[name] = {one for one in found if one is not None}
        return self._reached[name]

    def refusals(self, start: Name) -> Refused:
        """Every code with its status that can come of a definition."""
        return {refused for name in self.reached(start) for refused in self._own(name)}

    def _own(self, name: Name) -> Iterator[tuple[str, int]]:
        module, definition = self.modules[name[0]], self.modules[name[0]].defined[name[1]]
        if not isinstance(definition, ast.FunctionDef | ast.AsyncFunctionDef):
            return
        for call in (node for node in ast.walk(definition) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "Refusal":
                yield from self._raised(module, definition, call)
            elif (passed := self._passes_on(self.named(module, call.func))) is not None:
                codes, status = passed
                yield from ((code, status) for code in _codes(call) or codes)

    def _raised(self, module: Module, definition: ast.AST, call: ast.Call) -> Iterator[tuple[str, int]]:
        """What ``Refusal(…)`` raises: its literal code, or the codes in the constant that it is taken from."""
        first, status = call.args[0], _status(call)
        constants = (self.named(module, node) for node in ast.walk(first))
        literals = _codes(first) or [code for name in constants if name for code in _codes(self.modules[name[0]].defined[name[1]])]
        if isinstance(first, ast.Starred):
            status = 404
        yield from ((code, status) for code in literals or _assigned(definition, first))

    def _passes_on(self, name: Name | None) -> tuple[list[str], int] | None:
        """Of a function that refuses with a code that it is given: the code by default, and the status."""
        definition = self.modules[name[0]].defined[name[1]] if name else None
        if not isinstance(definition, ast.FunctionDef):
            return None
        parameters = {argument.arg for argument in (*definition.args.args, *definition.args.kwonlyargs)}
        for call in (node for node in ast.walk(definition) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id == "Refusal" and isinstance(call.args[0], ast.Name):
                defaults = [default for default in (*definition.args.defaults, *definition.args.kw_defaults) if default]
                return (
                    ([code for default in defaults for code in _codes(default)], _status(call)) if call.args[0].id in parameters else None
                )
        return None


def _status(call: ast.Call) -> int:
    given = [*call.args[1:2], *(keyword.value for keyword in call.keywords if keyword.arg == "status")]
    return next((one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, int)), _DEFAULT_STATUS)


def _codes(part: ast.AST) -> list[str]:
    """The literals in a part of the source that are codes of the catalogue."""
    literals = (node.value for node in ast.walk(part) if isinstance(node, ast.Constant))
    return [value for value in literals if isinstance(value, str) and value in REFUSALS]


def _assigned(definition: ast.AST, wanted: ast.AST) -> Iterable[str]:
    """The codes that a local name is given in a function."""
    for node in ast.walk(definition):
        if (
            isinstance(node, ast.Assign)
            and isinstance(wanted, ast.Name)
            and any(ast.dump(t) == ast.dump(_stored(wanted)) for t in node.targets)
        ):
            yield from _codes(node.value)


def _stored(name: ast.Name) -> ast.Name:
    return ast.Name(id=name.id, ctx=ast.Store())


def refusals(source: Source, route: APIRoute) -> Refused:
    """The codes of an operation: at the door, of its content, and of its rules."""
    found = source.refusals((route.endpoint.__module__, route.endpoint.__name__))
    return found | source.refusals((f"{_PACKAGE}.sessions", "account_of")) | _door(route) | _content(route)


def _door(route: APIRoute) -> Refused:
    who = roles(route)
    if who == ["public"]:
        return set()
    told = (inspect.getclosurevars(one.call).nonlocals for one in route.dependant.dependencies if one.call)
    unverified = any(names.get("unverified") for names in told)
    business = {("not_verified", 403), ("suspended", 403)} if set(who) & set(MARKET_ROLES) and not unverified else set()
    return {("not_permitted", 403), *business}


def _content(route: APIRoute) -> Refused:
    parameters = (*route.dependant.path_params, *route.dependant.query_params)
    checked = route.body_field is not None or any(one.field_info.annotation is not str for one in parameters)
    return {("invalid_content", 422)} if checked else set()


def refused(source: Source, route: APIRoute, words: dict[str, str]) -> list[Content]:
    """The refusals of an operation for the contract: code, status, and the words in both languages."""
    return [{"code": code, "status": status, "zh": REFUSALS[code], "en": words[code]} for code, status in sorted(refusals(source, route))]


def problem(words: dict[str, str]) -> Content:
    """The schema of a refusal, with every code that there is."""
    text = {"type": "string"}
    error = {
        "type": "object",
        "required": ["field", "reason"],
        "properties": {"field": text, "reason": text},
        "additionalProperties": False,
    }
    codes = {"type": "string", "enum": sorted(words)}
    return {
        "type": "object",
        "description": "Problem details (RFC 9457) 拒绝说明; `code` is stable.",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": text, "title": text, "status": {"type": "integer"}, "detail": text, "code": codes,
            "errors": {"type": "array", "items": error},
        },
    }  # fmt: skip
