"""``tenderproof vantage``: serve as a vantage point; as an auditor, measure from all of a list and say what it proves."""

import json
import secrets
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

from tenderproof import content, wording
from tenderproof.cli.ending import WrongUse
from tenderproof.domicile.connects import Target
from tenderproof.domicile.discs import Method, Timing, disc, proved
from tenderproof.domicile.earth import Point, load_territory
from tenderproof.domicile.measuring import Measured, Rejected, load_vantages, measured
from tenderproof.domicile.vantage import Agent, Settings
from tenderproof.spec.addresses import load_registries

_LATE = timedelta(minutes=1)


@dataclass(frozen=True)
class Wanted:
    """What an auditor wants to know: of which hosts (``host:port``), where they are claimed to stand, and which areas apart count."""

    vantages: Path
    targets: Sequence[str]
    claimed: Sequence[str]
    apart: Sequence[str]
    samples: int


def serve(file: Path, *, as_json: bool) -> None:
    """Be a vantage point until Ctrl-C."""
    settings = Settings.read(file)
    agent = Agent(settings)
    host, port = agent.server_address[:2]
    values = {"name": settings.stand.name, "url": f"https://{host!s}:{port}"}
    print(json.dumps(values, ensure_ascii=False) if as_json else _said("vantage_serves", values), flush=True)
    try:
        agent.serve_forever()
    finally:
        agent.server_close()


def measure(wanted: Wanted, *, as_json: bool) -> None:
    """Time the targets from every vantage point, and tell what follows."""
    vantages, claimed = load_vantages(wanted.vantages), [_place(text) for text in wanted.claimed]
    targets = {target: text for text in wanted.targets for target in _targets(text)}
    found = measured(vantages, lambda _: tuple(targets), wanted.samples, lambda: secrets.token_hex(16), _LATE)
    told = [_told(target, name, found, claimed, tuple(wanted.apart)) for target, name in targets.items()]
    if as_json:
        rejected = [{"vantage": one.vantage, "code": one.code, **one.values} for one in found.rejected]
        print(json.dumps({"targets": told, "rejected": rejected}, ensure_ascii=False))
        return
    for rejection in found.rejected:
        print(_why(rejection))
    for one in told:
        print(_lines(one))


def _told(target: Target, name: str, found: Measured, claimed: Sequence[Point], apart: tuple[str, ...]) -> dict[str, Any]:
    specs = content.specs_dir()
    registries = load_registries(specs)
    timings = [timing for timing in found.timings if timing.address == target.address]
    holder = registries.holder(target.address)
    return {
        "target": name,
        "address": target.address,
        "tables": {said.source: said.place for said in registries.places(target.address)},
        "holder": f"AS{holder.number} {holder.name}".strip() if holder else None,
        "discs": [_disc(timing) for timing in timings],
        "proof": proved(timings, load_territory(specs, apart), claimed).value,
    }


def _disc(timing: Timing) -> dict[str, Any]:
    return {"vantage": timing.vantage, "milliseconds": round(timing.seconds * 1000, 3), "radius_km": round(disc(timing).radius_km, 1)}


def _lines(told: dict[str, Any]) -> str:
    tables = "; ".join(f"{source}: {place or '-'}" for source, place in told["tables"].items()) or _said("vantage_no_tables", {})
    head = _said(
        "vantage_target", {**told, "holder": told["holder"] or "-", "tables": tables, "proof": _said(f"proof_{told['proof']}", {})}
    )
    return "\n".join([head, *(_said("vantage_disc", one) for one in told["discs"])])


def _why(rejected: Rejected) -> str:
    return _said("vantage_rejected", {"vantage": rejected.vantage, "why": _said(f"vantage_{rejected.code}", rejected.values)})


def _place(text: str) -> Point:
    latitude, comma, longitude = text.partition(",")
    try:
        return Point(float(latitude), float(longitude if comma else "x"))
    except ValueError as error:
        raise WrongUse(f"--claimed {text}: say latitude,longitude in degrees, for example 34.75,113.62.") from error


def _targets(text: str) -> list[Target]:
    host, _, port = text.rpartition(":")
    try:
        found = socket.getaddrinfo(host.strip("[]"), int(port), type=socket.SOCK_STREAM)
    except (OSError, ValueError) as error:
        raise WrongUse(f"--target {text}: say host:port, of a host whose name can be resolved ({error}).") from error
    return [Target(address, int(port), Method.TCP) for address in dict.fromkeys(str(one[4][0]) for one in found)]


def _said(key: str, values: Any) -> str:
    return wording.sentence("cli", "say", key, values, wording.spoken())
