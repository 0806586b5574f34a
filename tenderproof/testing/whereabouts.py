"""Whereabouts (所在地判定): of every address that is seen, what tables, vantage points and the signed list say, and what follows."""

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from tenderproof.domicile.discs import Proof, Timing, proved
from tenderproof.domicile.earth import Territory
from tenderproof.domicile.hosts import Sighting
from tenderproof.domicile.judgement import Answer, Evidence, Judged, Listed, Registered, Role, judged, together
from tenderproof.domicile.listing import ServerList
from tenderproof.domicile.measuring import Measured
from tenderproof.testing.dossier import Dossier
from tenderproof.testing.hosts import Hosts
from tenderproof.testing.places import Places
from tenderproof.testing.visits import Contact
from tenderproof.vocabulary import Missing, Undecided


class Measuring(Protocol):
    """What times addresses."""

    def measured(self, addresses: Sequence[str]) -> Measured:
        """Round trips to these addresses."""


class Whereabouts:
    """``contacts`` are those of the platform's first page; ``territory`` is read where something was measured."""

    def __init__(
        self, hosts: Hosts, places: Places, dossier: Dossier, measuring: Measuring, contacts: Callable[[], Iterable[Contact]],
        territory: Callable[[], Territory],
    ) -> None:  # fmt: skip
        self._hosts, self._places, self._dossier, self._measuring = hosts, places, dossier, measuring
        self._contacts, self._territory = contacts, territory

    def judged(self) -> tuple[Judged, ...]:
        """Every address of every host, and what is said of it by the table of docs/domicile.md."""
        seen = self._hosts.named()
        strangers = {one.host for one in self._contacts() if one.host} - {one.host for one in seen}
        timings = self._measuring.measured([one.address for one in seen if one.is_server]).timings
        listed = self._list()
        found = [judged(self._of(one, listed, timings)) for one in _once(seen)]
        others = [judged(Evidence(host, "", Role.THIRD_PARTY, self._places.registered(host))) for host in sorted(strangers)]
        return (*found, *others)

    def require_decided(self, addresses: Sequence[Judged]) -> None:
        """Undecided unless all of it is satisfied, by tables that are young enough to convict; what is open is named with its ground."""
        if not self._places.current():
            raise Undecided("the address tables are older than the plan allows, so they could not have convicted anybody")
        if together(addresses) is not Answer.SATISFIED:
            left = [f"{one.evidence.host} {one.evidence.address}: {one.ground.value}" for one in addresses if one.answer is Answer.OPEN]
            raise Undecided(f"where these stand cannot be told: {'; '.join(left) or 'no server was seen'}")

    def _list(self) -> ServerList | None:
        try:
            return self._dossier.servers()
        except Missing:
            return None

    def _of(self, one: Sighting, listed: ServerList | None, timings: Sequence[Timing]) -> Evidence:
        registered = self._places.registered(one.address) if one.address else Registered.PARTED
        if not one.is_server:
            return Evidence(one.host, one.address, one.role, registered)
        mine = [timing for timing in timings if timing.address == one.address]
        claimed = listed.claimed(one.host, one.address) if listed else ()
        proof = proved(mine, self._territory(), claimed) if mine else Proof.UNMEASURED
        named = Listed.NO_LIST if listed is None else Listed.LISTED if listed.names(one.host, one.address) else Listed.MISSING
        return Evidence(one.host, one.address, one.role, registered, proof, named)


def _once(seen: Iterable[Sighting]) -> list[Sighting]:
    """Each host with each address and role once, whoever named it."""
    first: dict[tuple[str, str, Role], Sighting] = {}
    for one in seen:
        first.setdefault((one.host, one.address, one.role), one)
    return list(first.values())
