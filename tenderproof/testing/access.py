"""Who may do what to whose things (访问控制): the matrix of roles, operations and owners, one trial a place of it, and what came of each.

A status decides nothing. A stranger's trial is a finding if its answer tells what is the owner's own, or if the owner sees something
changed afterwards; a refusal in whatever form is none, and an answer that broke off decides nothing.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tenderproof.testing.actors import Person
from tenderproof.vocabulary import Blame, Missing

PUBLIC = "public"
_METHODS = ("get", "put", "post", "delete", "patch")
_PARAMETER = re.compile(r"\{(\w+)\}")
_PARTICULAR = 8  # characters: what is shorter, or a plain word, may stand in many places
_WORD = re.compile(r"[a-z_]+")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT.*")
_SLICE = 48  # octets out of the middle of a file, by which it is known again


class Kind(StrEnum):
    """Whose trial it is: nobody's, another party's of the right role, somebody's of another role, or under a token that is none.

    In disguise: another party's, at an address or by a method that a gate and what is behind it may read differently.
    """

    NOBODY = "nobody"
    ANOTHER_PARTY = "another party"
    ANOTHER_ROLE = "another role"
    TAMPERED = "tampered token"
    FORGED = "forged token"
    ENDED = "ended session"
    DISGUISED = "in disguise"


class Came(StrEnum):
    """What came of a trial. ``nothing``: it was not refused, and neither told nor changed anything."""

    REFUSED = "refused"
    NOTHING = "nothing"
    UNDECIDED = "undecided"
    TOLD = "told"
    CHANGED = "changed"


@dataclass(frozen=True)
class Operation:
    """An operation of an interface: ``roles`` are those whom the interface lets at it, ``public`` among them if everybody."""

    name: str
    method: str
    path: str
    roles: frozenset[str]

    @property
    def reads(self) -> bool:
        """Whether it changes nothing."""
        return self.method == "GET"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parts of its path that name something, in their order."""
        return tuple(_PARAMETER.findall(self.path))

    @property
    def nouns(self) -> frozenset[str]:
        """The fixed parts of its path: what it is about."""
        return frozenset(part for part in self.path.strip("/").split("/") if not part.startswith("{"))

    def at(self, known: Mapping[str, str]) -> str | None:
        """Its path with everything named; None if something is not known."""
        if not set(self.parameters) <= set(known):
            return None
        return _PARAMETER.sub(lambda found: known[found[1]], self.path)


class Operations:
    """The operations of an OpenAPI document that says by ``x-roles`` who may do what."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.all = tuple(_operations(document))
        self._forms = [(one, re.compile(_PARAMETER.sub(r"(?P<\1>[^/?]+)", one.path))) for one in self.all]

    def of(self, method: str, path: str) -> tuple[Operation, dict[str, str]] | None:
        """The operation that a request asks for, with what its path names; None if it is none of these."""
        asked = path.partition("?")[0]
        for operation, form in sorted(self._forms, key=lambda pair: len(pair[0].parameters)):
            if operation.method == method and (found := form.fullmatch(asked)):
                return operation, found.groupdict()
        return None

    def readable(self, role: str, known: Mapping[str, str]) -> Iterator[tuple[Operation, str]]:
        """What somebody of a role, or everybody, may read of what is known, each with its path."""
        for operation in self.all:
            path = operation.at(known)
            if operation.reads and path is not None and {role, PUBLIC} & operation.roles:
                yield operation, path


def _operations(document: Mapping[str, Any]) -> Iterator[Operation]:
    for path, methods in document.get("paths", {}).items():
        for method in _METHODS:
            if method in methods:
                described = methods[method]
                yield Operation(str(described["operationId"]), method.upper(), path, frozenset(described.get("x-roles", ())))


@dataclass(frozen=True)
class Trial:
    """One place of the matrix: which operation, whose trial, by somebody of which role, what came of it, and where it shows."""

    operation: str
    kind: Kind
    role: str
    came: Came
    what: str = ""

    def __str__(self) -> str:
        return f"{self.operation} by {self.role} ({self.kind}): {self.came} {self.what}".strip()


@dataclass(frozen=True, repr=False)
class Matrix:
    """All trials. One was made beside the owner's own request, which worked afterwards, or beside a reading that did before and after."""

    trials: tuple[Trial, ...] = ()

    @property
    def findings(self) -> list[str]:
        """The trials that told or changed something."""
        return [str(trial) for trial in self.trials if trial.came in {Came.TOLD, Came.CHANGED}]

    @property
    def decided(self) -> frozenset[str]:
        """The operations of which something is known."""
        return frozenset(trial.operation for trial in self.trials if trial.came is not Came.UNDECIDED)

    @property
    def counts(self) -> Mapping[str, int]:
        """How many trials there were, by kind and by what came of them."""
        kinds = Counter(f"{trial.kind}: {trial.came}" for trial in self.trials)
        return {"trials": len(self.trials), "operations": len(self.decided), **dict(sorted(kinds.items()))}

    def __repr__(self) -> str:
        return "\n".join([f"Matrix({dict(self.counts)})", *self.findings])


class Access:
    """The matrix of a platform whose driver knows who may do what; this one, of a driver that does not, offers nothing."""

    def beside(self, course: Callable[[], object], strangers: Mapping[str, Person], kinds: Collection[Kind]) -> Matrix:  # noqa: ARG002 - for whoever has one
        """Let acts run their course, and before each of them let strangers try the same; afterwards let them read what the people read.

        ``strangers`` are people, by role, who have no part in it. The trials count for acts that are accepted afterwards.
        """
        raise Missing("this driver does not know who may do what", Blame.TOOL)

    def of_ones_own(self) -> Matrix:
        """Let each of two accounts of a role ask for what the other finds of its own, by what the declaration calls private."""
        raise Missing("this driver does not know what is one account's own", Blame.TOOL)


def particulars(content: Any, common: str) -> frozenset[str]:
    """What of an answer belongs to one thing alone: no plain words, no moments, nothing that everybody is told anyway."""
    if isinstance(content, bytes):
        middle = max(0, len(content) // 2 - _SLICE // 2)
        piece = content[middle : middle + _SLICE].decode("latin-1")
        return frozenset({piece}) if len(piece) >= _PARTICULAR and piece not in common else frozenset()
    return frozenset(leaf for leaf in leaves(content) if _is_particular(leaf) and leaf not in common)


def leaves(content: Any) -> Iterator[str]:
    """What stands in an answer, each value by itself."""
    match content:
        case Mapping():
            for part in content.values():
                yield from leaves(part)
        case list():
            for part in content:
                yield from leaves(part)
        case str():
            yield content
        case bool() | None:
            return
        case _:
            yield str(content)


def said(content: Any) -> str:
    """An answer as one text, in which a particular is looked for."""
    return content.decode("latin-1") if isinstance(content, bytes) else json.dumps(content, ensure_ascii=False)


def _is_particular(leaf: str) -> bool:
    return len(leaf) >= _PARTICULAR and not _WORD.fullmatch(leaf) and not _MOMENT.fullmatch(leaf)
