"""Hosts (主机清单): which hosts the platform uses as seen from outside, and what they are to it."""

from abc import ABC, abstractmethod
from typing import Any

from tenderproof.domicile.hosts import Sighting


class Hosts(ABC):
    """Looks for the candidate's hosts: those that are declared, what names and answers lead to, who answers and takes mail for them."""

    @abstractmethod
    def seen(self, tender: Any) -> tuple[Sighting, ...]:
        """Every host with every address that was seen, by what is declared and what is read of a tender; nobody else is contacted."""

    @abstractmethod
    def own(self) -> str:
        """The host under which the candidate was declared to answer."""
