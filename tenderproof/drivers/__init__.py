"""Drivers: how the people of the field act on a platform. Ours speaks the contract; a candidate may bring its own (docs/drivers.md).

This module is the face of the engine for whoever writes a driver; the people, their answers and records stand in ``tenderproof.testing``.
"""

import importlib
import sys
from pathlib import Path

from tenderproof.candidate import Account, Candidate
from tenderproof.drivers import bidmaker, sealing, signing
from tenderproof.drivers.contract import ContractDriver
from tenderproof.drivers.driver import Driver
from tenderproof.drivers.openapi import OpenApiDriver
from tenderproof.drivers.people import identity_of, is_plain
from tenderproof.drivers.sessions import OpenSessions, session_of
from tenderproof.evidence.chance import Chance
from tenderproof.evidence.wire import Request, Response, Wire
from tenderproof.testing.answers import UnknownRefusal
from tenderproof.testing.clock import Timed
from tenderproof.testing.contents import plain
from tenderproof.testing.sealed import Kind
from tenderproof.testing.sealed import digest as digest_of
from tenderproof.testing.signatures import OwnForm
from tenderproof.testing.views import Reading
from tenderproof.vocabulary import DeclarationTrouble, WrongInput

__all__ = [
    "Account", "Candidate", "Chance", "ContractDriver", "DeclarationTrouble", "Driver", "Kind", "OpenApiDriver", "OpenSessions", "OwnForm",
    "Reading", "Request", "Response", "Timed", "UnknownRefusal", "Wire", "bidmaker", "digest_of", "driver_class", "identity_of", "is_plain",
    "load", "named", "plain", "sealing", "session_of", "signing", "sources",
]  # fmt: skip
_OURS: dict[str, type[Driver]] = {"contract": ContractDriver, "openapi": OpenApiDriver}


def load(candidate: Candidate, wire: Wire, chance: Chance, private: Path) -> Driver:
    """The driver that a declaration names, at work.

    ``private`` is the run's own folder for what its workers share and nobody else reads. DeclarationTrouble if there is no such driver.
    """
    return named(candidate)(candidate, wire, chance, private)


def named(candidate: Candidate) -> type[Driver]:
    """The driver that is named, see :func:`driver_class`; its module may lie in the folder ``driver.folder``, beside the declaration.

    DeclarationTrouble if there is none.
    """
    folder = candidate.driver.get("folder")
    if folder and (found := str(candidate.file.parent / str(folder))) not in sys.path:
        sys.path.insert(0, found)
    try:
        return driver_class(str(candidate.driver.get("name", "contract")))
    except WrongInput as error:
        raise DeclarationTrouble(f"{candidate.file}, driver.name: {error}") from error


def sources(candidate: Candidate) -> tuple[Path, frozenset[Path]]:
    """Where a driver of somebody else's stands, and its Python files; none for ours, which are the engine's. DeclarationTrouble as ever.

    What lies in ``driver.folder`` is its sources; else its package, or its one module.
    """
    name, declared = str(candidate.driver.get("name", "contract")), candidate.driver.get("folder")
    if name in _OURS:
        return candidate.file.parent, frozenset()
    root, _, inner = named(candidate).__module__.partition(".")
    file = Path(str(sys.modules[root].__file__))
    folder = candidate.file.parent / str(declared) if declared else file.parent
    return folder, frozenset(folder.rglob("*.py")) if declared or inner else frozenset({file})


def driver_class(name: str) -> type[Driver]:
    """``contract``, ``openapi``, or a class of somebody else's: ``package.module:Class``. WrongInput with a sentence if there is none."""
    if name in _OURS:
        return _OURS[name]
    module, _, attribute = name.partition(":") if ":" in name else name.rpartition(".")
    try:
        found = getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError) as error:
        raise WrongInput(f"there is no driver {name}: {error}.") from error
    if not (isinstance(found, type) and issubclass(found, Driver)):
        raise WrongInput(f"{name} is no class derived from tenderproof.drivers.Driver.")
    return found
