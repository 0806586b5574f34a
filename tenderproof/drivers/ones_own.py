"""What one account finds of its own and no other may read, tried by any OpenAPI document with two accounts of a role.

A document says what can be read, and not whose it is: the declaration names the operations whose objects belong to one account
(``interface.private``). Each is found in the list that its path begins with.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from tenderproof.candidate import Convention
from tenderproof.drivers.conventions import refused_in_body
from tenderproof.drivers.document import operations
from tenderproof.evidence.wire import Request, Response, Wire
from tenderproof.testing.access import PUBLIC, Came, Kind, Matrix, Trial, particulars, said
from tenderproof.testing.tokens import tampered
from tenderproof.vocabulary import DeclarationTrouble, NetworkTrouble, PlatformTrouble

_DONE = range(200, 300)
_BROKEN = 500
_OBJECTS = 2  # of one account, for each operation


@dataclass(frozen=True)
class Account:
    """An account: its role, and the headers by which the platform knows it."""

    role: str
    headers: Mapping[str, str]

    @property
    def forged(self) -> "Account":
        """The same with a token that is none."""
        return replace(self, headers={name: _forged(value) for name, value in self.headers.items()})


_NOBODY = Account(PUBLIC, {})


class OnesOwn:
    """Sends over ``wire`` to ``base_url``; ``convention`` is how refusals come with 200, where they do."""

    def __init__(self, wire: Wire, base_url: str, convention: Convention | None) -> None:
        self._wire, self._base_url, self._convention = wire, base_url, convention

    def matrix(self, document: Mapping[str, Any], private: Collection[str], accounts: Sequence[Account]) -> Matrix:
        """Let each of the first two accounts of a role ask for what the other finds; ``document`` is one that is ready.

        DeclarationTrouble if an operation is none that reads one thing out of a list.
        """
        reading = {str(said["operationId"]): path for path, method, said in operations(document) if method == "get"}
        pairs = [(one, other) for one, other in _pairs(accounts)]
        trials: list[Trial] = []
        for name in private:
            path = reading.get(name, "")
            listed, _, last = path.rpartition("/")
            if not last.startswith("{") or "{" in listed or listed not in reading.values():
                raise DeclarationTrouble(f"interface.private names {name}, which is no operation that reads one thing out of a list.")
            for one, other in pairs:
                trials += self._tried(name, listed, last.strip("{}"), one, other)
        return Matrix(tuple(trials))

    def _tried(self, name: str, listed: str, parameter: str, owner: Account, other: Account) -> list[Trial]:
        mine, theirs, everybodys = (self._read(listed, who) for who in (owner, other, _NOBODY))
        common = "\n".join(said(_content(answer)) for answer in (theirs, everybodys) if answer is not None)
        found = [ident for ident in identifiers(_content(mine), parameter) if ident not in common] if self._is_given(mine) else []
        return [
            trial for ident in found[:_OBJECTS] for trial in self._of_one(name, f"{listed}/{quote(ident, safe='')}", common, owner, other)
        ]

    def _of_one(self, name: str, path: str, common: str, owner: Account, other: Account) -> list[Trial]:
        own = self._read(path, owner)
        secret = particulars(_content(own), f"{common}\n{path}") if self._is_given(own) else frozenset()
        strangers = ((Kind.ANOTHER_PARTY, other), (Kind.NOBODY, _NOBODY), (Kind.TAMPERED, owner.forged)) if secret else ()
        trials = [self._judged(name, kind, who.role, self._read(path, who), secret) for kind, who in strangers]
        alive = self._is_given(self._read(path, owner)) if trials else False
        return trials if alive else [replace(trial, came=Came.UNDECIDED, what="") for trial in trials]

    def _judged(self, name: str, kind: Kind, role: str, answer: Response | None, secret: frozenset[str]) -> Trial:
        if answer is None or answer.status >= _BROKEN:
            return Trial(name, kind, role, Came.UNDECIDED)
        told = said(_content(answer))
        found = min((value for value in secret if value in told), default=None)
        if found is not None:
            return Trial(name, kind, role, Came.TOLD, f"{answer.status}: {found[:80]!r}")
        return Trial(name, kind, role, Came.NOTHING if self._is_given(answer) else Came.REFUSED)

    def _read(self, path: str, who: Account) -> Response | None:
        try:
            return self._wire.send(Request("GET", f"{self._base_url}{path}", {"accept": "application/json", **who.headers}))
        except NetworkTrouble:
            return None

    def _is_given(self, answer: Response | None) -> bool:
        if answer is None or answer.status not in _DONE:
            return False
        try:
            return refused_in_body(_content(answer), self._convention) is None
        except PlatformTrouble:
            return False


def identifiers(content: Any, parameter: str) -> Iterator[str]:
    """By what the things in a list are known: ``id``, or what the path calls it."""
    head, *rest = parameter.split("_")
    names = ("id", parameter, head + "".join(part.capitalize() for part in rest))
    match content:
        case list():
            for item in content:
                known = next((item[name] for name in names if name in item), None) if isinstance(item, Mapping) else None
                if isinstance(known, str | int):
                    yield str(known)
        case Mapping():
            for part in content.values():
                yield from identifiers(part, parameter)


def _pairs(accounts: Sequence[Account]) -> Iterator[tuple[Account, Account]]:
    for role in dict.fromkeys(account.role for account in accounts):
        first = [account for account in accounts if account.role == role][:2]
        if len(first) > 1:
            yield first[0], first[1]
            yield first[1], first[0]


def _forged(value: str) -> str:
    scheme, blank, token = value.rpartition(" ")
    return f"{scheme}{blank}{tampered(token)}"


def _content(answer: Response | None) -> Any:
    if answer is None:
        return None
    try:
        return answer.json()
    except PlatformTrouble:
        return answer.body
