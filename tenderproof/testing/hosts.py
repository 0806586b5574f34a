"""Hosts (主机清单): which hosts the platform uses as seen from outside, and what they are to it."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any

from tenderproof.domicile.hosts import Sighting


class Hosts(ABC):
    """Looks for the candidate's hosts: those that are declared, what names and answers lead to, who answers and takes mail for them."""

    @abstractmethod
    def named(self) -> tuple[Sighting, ...]:
        """Every host with every address that is seen without asking the platform anything: by what is declared, names and certificate."""

    @abstractmethod
    def seen(self, tender: Any) -> tuple[Sighting, ...]:
        """Those, and what the platform's answers about a tender lead to; nobody else is contacted."""

    @abstractmethod
    def contacted(self, hosts: Iterable[str]) -> tuple[Sighting, ...]:
        """Hosts that pages contact: the platform's own, with every address, where declared or in a zone of its own; else another's."""

    @abstractmethod
    def own(self) -> str:
        """The host under which the candidate was declared to answer."""
