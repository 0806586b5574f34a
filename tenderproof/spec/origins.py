"""Hosts of well-known services (``specs/registries/origins.yaml``): what a host is for, by what the service's own pages say of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from tenderproof.spec.clauses import SpecificationError
from tenderproof.spec.location import line_of

KINDS = ("mail", "sms", "analytics", "fonts", "maps", "captcha", "video")
_FILE = Path("registries") / "origins.yaml"


@dataclass(frozen=True)
class Origin:
    """A host, and all below it, of a service: of which kind (see `KINDS`), and the page that says so."""

    host: str
    kind: str
    service: str
    source: str


@cache
def load_origins(specs: Path) -> Mapping[str, Origin]:
    """The origins by host; SpecificationError names file, line and key of what is not as it must be."""
    path = specs / _FILE
    try:
        raw = yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)
        entries = raw["origins"].items()
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError) as error:
        raise SpecificationError(f"{path}:1: it must be YAML that lists origins ({error}).") from error
    return {host: _origin(path, host, entry) for host, entry in entries}


def known(origins: Mapping[str, Origin], host: str) -> Origin | None:
    """The service of a host, by its own name or the nearest above it."""
    labels = host.lower().rstrip(".").split(".")
    names = (".".join(labels[at:]) for at in range(len(labels)))
    return next((origins[name] for name in names if name in origins), None)


def _origin(path: Path, host: str, entry: object) -> Origin:
    if isinstance(entry, dict) and entry.keys() == {"kind", "service", "source"} and entry["kind"] in KINDS:
        return Origin(host, str(entry["kind"]), str(entry["service"]), str(entry["source"]))
    line = line_of(path, ["origins", host])
    raise SpecificationError(f"{path}:{line}: origins.{host} must give kind ({', '.join(KINDS)}), service and source, and nothing else.")
