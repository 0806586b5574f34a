"""Actors who say yes: a cast for stories, and a clock that takes every instant."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any

from tenderproof.testing import Answer, Clock, Identities, Person, PlatformTime
from tenderproof.testing.clock import Timed


class Actor(Person):
    """Says yes to everything and writes down what it was asked; ``gives`` tells what comes back, ``refuses`` what does not."""

    def __init__(self, told: list[str], identity: Any, refuses: str = "", gives: Mapping[str, Any] | None = None) -> None:
        self.told, self.identity, self.refuses, self.gives = told, identity, refuses, gives or {}

    def __getattribute__(self, name: str) -> Any:
        own = ("told", "identity", "refuses", "gives", "_answer")
        if name in own or name.startswith("__"):
            return object.__getattribute__(self, name)
        return lambda *_, **__: self._answer(name)

    def _answer(self, name: str) -> Any:
        self.told.append(f"{self.identity.role} {name}")
        if name == self.refuses:
            return Answer(name, None, "not_permitted")
        if name in self.gives:
            return Answer(name, self.gives[name])
        if name == "sealed_bid":
            return Thing(facts={"price": "1.00", "period_days": 1, "quality": "合格", "project_leader": "甲"}, kind="bid")
        if name == "assignments":
            return Answer(name, ({"section_id": "id"},))
        return Answer(name, Thing())


class Thing:
    """Anything that comes back."""

    id, bid_id, draw_id, registration_id = "id", "b", "d", "r"

    def __init__(self, **more: Any) -> None:
        self.__dict__.update(more)

    def get(self, path: str, default: str = "") -> str:
        return str(self.__dict__.get(path, default))

    def says(self, *paths: str) -> bool:
        return all(self.__dict__.get(path) for path in paths)


class Steady(Clock):
    """Takes every instant."""

    at: datetime

    def read(self, tender: Timed) -> Answer[PlatformTime]:
        return Answer(str(tender), PlatformTime({"now": self.at.isoformat()}))

    def set(self, tender: Timed, instant: datetime) -> Answer[PlatformTime]:
        self.at = instant
        return self.read(tender)


class Troupe:
    """A cast of one actor a role, and two bidders."""

    def __init__(self, identities: Identities, refuses: str = "", gives: Mapping[str, Any] | None = None) -> None:
        self.told: list[str] = []
        self.shared: list[str] = []
        self._identities, self._refuses, self._gives = identities, refuses, gives
        self.people = {role: [self._actor(role)] for role in ("tenderee", "agency", "verifier", "supervisor")}
        self.people["bidder"] = [self._actor("bidder") for _ in range(2)]
        self.people["expert"] = [self._actor("expert") for _ in range(5)]

    @property
    def public(self) -> Any:
        return self._actor("public")

    def declared(self, role: str, trait: str = "") -> Any:
        return self.people.get(f"{role} {trait}" if trait else role, [])

    def acting(self, identity: Any) -> Any:
        return Actor(self.told, identity, self._refuses, self._gives)

    def apart(self, name: str) -> AbstractContextManager[None]:
        self.shared.append(name)
        return nullcontext()

    def _actor(self, role: str) -> Any:
        return Actor(self.told, self._identities.fresh(role), self._refuses, self._gives)
