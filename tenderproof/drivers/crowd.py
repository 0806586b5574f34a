"""A crowd at the entrance of the declared candidate. What came of it is recorded."""

import json
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

from tenderproof.candidate import Candidate
from tenderproof.drivers.channel import Asked
from tenderproof.drivers.turns import Turns
from tenderproof.evidence.chance import Chance
from tenderproof.testing.crowd import Crowd
from tenderproof.transport import crowding, guessing
from tenderproof.transport.asking import Place
from tenderproof.transport.crowding import Entrance, Filled, Slowed
from tenderproof.transport.guessing import Guessed
from tenderproof.vocabulary import Blame, Missing

_CONNECTIONS, _LOG_IN = "connections", "log_in"
_PORTS = {"https": 443, "http": 80}


LogIn = tuple[str, Callable[[str], dict[str, str]]]
"""Where one logs in by a password, and what is posted there under a made-up name."""


class DeclaredCrowd(Crowd):
    """At the address at which everybody reaches the candidate; ``asked`` names a path where something is posted."""

    def __init__(self, candidate: Candidate, chance: Chance, asked: Sequence[Asked], log_in: LogIn | None, entering: Turns) -> None:
        self._candidate, self._chance, self._log_in, self._entering = candidate, chance, log_in, entering
        self._posting = next((one.path for one in asked if one.body), "/")

    @property
    def most(self) -> int:
        """As declared."""
        self._require_named(_CONNECTIONS)
        declared = self._candidate.limits.connections
        if declared is None:
            raise Missing("the declaration does not say how many connections the sandbox holds (limits.connections)", Blame.DECLARATION)
        return declared

    def fill(self, more: int) -> Filled:
        """Hold them all, and more."""
        most = self.most + more
        return Filled(**self._made("crowd", lambda: vars(crowding.filled(self._entrance, most))))

    @property
    def guesses(self) -> int:
        """As declared."""
        self._require_named(_LOG_IN)
        declared = self._candidate.limits.failed_log_ins
        if declared is None:
            told = "the declaration does not say after how many failed log-ins a source is stopped (limits.failed_log_ins)"
            raise Missing(told, Blame.DECLARATION)
        return declared

    def guess(self, more: int) -> Guessed:
        """Guess."""
        count, made_up = self.guesses + more, self._chance.token()
        if self._log_in is None:
            raise Missing("the driver does not know how one logs in by a password", Blame.DECLARATION)
        path, content = self._log_in
        found = self._made(
            "guesses", lambda: vars(guessing.guessed(self._entrance, path, lambda number: content(f"{made_up}{number}"), count))
        )
        return Guessed(tuple(found["answers"]), found["others"])

    def dawdle(self, count: int) -> Slowed:
        """Be slow."""
        self._require_named(_CONNECTIONS)
        return Slowed(**self._made("slow crowd", lambda: vars(crowding.slowed(self._entrance, count, self._posting))))

    def _made(self, kind: str, happen: Callable[[], dict[str, Any]]) -> dict[str, Any]:
        def alone() -> bytes:
            with self._entering.alone():
                return json.dumps(happen()).encode()

        found: dict[str, Any] = json.loads(self._chance.made(kind, alone))
        return found

    @property
    def _entrance(self) -> Entrance:
        parts = urlsplit(self._candidate.channel.url or self._candidate.base_url)
        place = Place(parts.hostname or "", parts.port or _PORTS[parts.scheme], self._candidate.limits.connect_s)
        return Entrance(place, parts.scheme == "https", self._candidate.tls_authority)

    def _require_named(self, resource: str) -> None:
        if resource not in self._candidate.sandbox.floodable:
            raise Missing(f"the declaration does not let {resource} be worn out (sandbox.floodable)", Blame.DECLARATION)
