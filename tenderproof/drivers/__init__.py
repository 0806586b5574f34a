"""Drivers: how the people of the field act on a platform. Ours speaks the contract; a candidate may bring its own."""

import importlib
from pathlib import Path

from tenderproof.candidate import Candidate
from tenderproof.drivers.contract import ContractDriver
from tenderproof.drivers.driver import Driver
from tenderproof.drivers.openapi import OpenApiDriver
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Wire
from tenderproof.vocabulary import DeclarationTrouble

__all__ = ["ContractDriver", "Driver", "OpenApiDriver", "load", "named"]

_OURS: dict[str, type[Driver]] = {"contract": ContractDriver, "openapi": OpenApiDriver}


def load(candidate: Candidate, wire: Wire, chance: Chance, private: Path) -> Driver:
    """The driver that a declaration names, at work.

    ``private`` is the run's own folder for what its workers share and nobody else reads. DeclarationTrouble if there is no such driver.
    """
    return named(candidate)(candidate, wire, chance, private)


def named(candidate: Candidate) -> type[Driver]:
    """The driver that is named: ``contract``, ``openapi``, or the dotted path of a class; DeclarationTrouble if there is none."""
    name = str(candidate.driver.get("name", "contract"))
    if name in _OURS:
        return _OURS[name]
    module, _, attribute = name.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise DeclarationTrouble(f"{candidate.file}, driver.name: there is no driver {name}: {error}.") from error
    if not (isinstance(found, type) and issubclass(found, Driver)):
        raise DeclarationTrouble(f"{candidate.file}, driver.name: {name} is no class derived from tenderproof.drivers.Driver.")
    return found
