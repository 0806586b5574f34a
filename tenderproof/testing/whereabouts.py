"""Whereabouts (所在地判定): of every address that is seen, what tables, vantage points and the signed list say, and what follows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

from tenderproof.domicile.discs import Proof, Timing, disc, proved
from tenderproof.domicile.earth import Point, Territory
from tenderproof.domicile.hosts import How, Sighting
from tenderproof.domicile.judgement import Answer, Evidence, Judged, Listed, Registered, Role, judged, together
from tenderproof.domicile.listing import ServerList
from tenderproof.domicile.measuring import Measured
from tenderproof.spec.origins import Origin, known
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
    """``contacts`` are those of the platform's first page; ``territory`` is read where something was measured.

    ``tell`` is told of every address with all that is known of it, for the report; ``origins`` are hosts of well-known services.
    """

    def __init__(
        self, hosts: Hosts, places: Places, dossier: Dossier, measuring: Measuring, contacts: Callable[[], Iterable[Contact]],
        territory: Callable[[], Territory], *, tell: Callable[[Mapping[str, Any]], None],
        origins: Mapping[str, Origin],
    ) -> None:  # fmt: skip
        self._hosts, self._places, self._dossier, self._measuring = hosts, places, dossier, measuring
        self._contacts, self._territory, self._tell = contacts, territory, tell
        self._origins = origins

    def judged(self) -> tuple[Judged, ...]:
        """Every address of every host, and what is said of it by the table of docs/domicile.md."""
        seen = self._hosts.named()
        strangers = {one.host: one for one in self._contacts() if one.host and one.host not in {found.host for found in seen}}
        measured = self._measuring.measured([one.address for one in seen if one.is_server])
        listed = self._list()
        found = [(one, judged(self._of(one, listed, measured.timings))) for one in _once(seen)]
        found += [
            (_contacted(one), judged(Evidence(host, "", Role.THIRD_PARTY, self._places.registered(host))))
            for host, one in strangers.items()
        ]
        self._tell(self._told(found, listed, measured))
        return tuple(one for _, one in found)

    def _told(self, found: Sequence[tuple[Sighting, Judged]], listed: ServerList | None, measured: Measured) -> dict[str, Any]:
        hosts = []
        for seen, one in found:
            evidence, origin = one.evidence, known(self._origins, one.evidence.host)
            mine = [timing for timing in measured.timings if evidence.role is Role.SERVER and timing.address == evidence.address]
            hosts.append({
                "host": evidence.host, "address": evidence.address, "role": evidence.role.value, "how": seen.how.value, "where": seen.where,
                "places": self._places.said(evidence.address), "holder": self._places.holder(evidence.address),
                "listed": evidence.listed.value, "sites": list(listed.sites_of(evidence.host, evidence.address)) if listed else [],
                "proof": evidence.proof.value, "discs": [_disc(timing) for timing in mine],
                "answer": one.answer.value, "ground": one.ground.value,
                "service": origin.service if origin else "", "service_kind": origin.kind if origin else "",
            })  # fmt: skip
        return {
            "hosts": hosts,
            "sites": [{"name": site.name, **vars(site.place)} for site in listed.sites] if listed else [],
            "rejected": [{"vantage": one.vantage, "because": {"code": one.code, "values": dict(one.values)}} for one in measured.rejected],
            "tables": self._places.tables(), "within": self._places.within, "oldest_days": self._places.oldest.days,
            "current": self._places.current(),
        }  # fmt: skip

    def surely_outside(self, place: Point) -> bool:
        """Whether a place lies outside the territory beyond doubt: not at the border, and not in HK, whose harbour counts as sea."""
        return self._territory().surely_lacks(place)

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


def _contacted(one: Contact) -> Sighting:
    return Sighting(one.host, "", Role.THIRD_PARTY, How.PAGE, one.kind)


def _disc(timing: Timing) -> dict[str, Any]:
    return {
        "vantage": timing.vantage, "latitude": timing.stands.latitude, "longitude": timing.stands.longitude,
        "milliseconds": round(timing.seconds * 1000, 4), "samples": timing.samples, "radius_km": round(disc(timing).radius_km, 3),
    }  # fmt: skip


def _once(seen: Iterable[Sighting]) -> list[Sighting]:
    """Each host with each address and role once, whoever named it."""
    first: dict[tuple[str, str, Role], Sighting] = {}
    for one in seen:
        first.setdefault((one.host, one.address, one.role), one)
    return list(first.values())
