"""Whereabouts (所在地判定): of every address that is seen, what tables, vantage points and the signed list say, and what follows."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from tenderproof.domicile.discs import Proof, Timing, disc, proved
from tenderproof.domicile.earth import Point, Territory
from tenderproof.domicile.filings import shown
from tenderproof.domicile.hosts import How, Sighting
from tenderproof.domicile.judgement import Answer, Evidence, Judged, Listed, Registered, Role, answering, judged, together
from tenderproof.domicile.listing import ServerList
from tenderproof.domicile.measuring import Measured
from tenderproof.spec.origins import Origin, known
from tenderproof.testing.dossier import Dossier
from tenderproof.testing.hosts import Hosts
from tenderproof.testing.places import Places
from tenderproof.testing.visits import Contact
from tenderproof.vocabulary import Missing, Undecided


@dataclass(frozen=True)
class Question:
    """What everybody may ask a platform, a path of a host, and words of the answer that nobody could know before."""

    path: str
    words: str
    host: str = ""


Plant = Callable[[str], Any]
"""Brings words before the public that are planted by us: it takes them, and gives the tender that bears them."""


class Measuring(Protocol):
    """What times addresses."""

    def wanted(self, addresses: Sequence[str]) -> Mapping[str, int]:
        """How many questions each address wants, so that each vantage point asks one of its own; none of those that nobody may ask.

        0 is for an address that should be asked, where there are more than can be planted.
        """

    def measured(self, addresses: Mapping[str, str], questions: Mapping[str, Sequence[Question]]) -> Measured:
        """Round trips to these addresses, each with its host; questions by the address that is asked."""


class Whereabouts:
    """``contacts`` are those of the platform's first page; ``territory`` is read where something was measured.

    ``question`` says where a host lets the public read of a tender (None where the driver does not know), ``token`` draws words that
    nobody can guess. ``page`` is the text of the first page, for the filing numbers that it shows.
    ``tell`` is told of every address with all that is known of it, for the report; ``origins`` are hosts of well-known services.
    """

    def __init__(
        self, hosts: Hosts, places: Places, dossier: Dossier, measuring: Measuring, contacts: Callable[[], Iterable[Contact]],
        territory: Callable[[], Territory], *, tell: Callable[[Mapping[str, Any]], None],
        origins: Mapping[str, Origin], question: Callable[[Any, str], str | None], token: Callable[[], str], page: Callable[[], str],
    ) -> None:  # fmt: skip
        self._hosts, self._places, self._dossier, self._measuring = hosts, places, dossier, measuring
        self._contacts, self._territory, self._tell = contacts, territory, tell
        self._origins, self._question, self._token, self._page = origins, question, token, page

    def judged(self, plant: Plant | None = None) -> tuple[Judged, ...]:
        """Every address of every host, and what is said of it by the table of docs/domicile.md.

        With ``plant`` each declared host is asked for words that were planted a moment ago, each once, where the driver knows how.
        """
        seen = [*self._hosts.named(), *self._contacted()]
        questions = self._planted(plant, self._asked(seen)) if plant else {}
        measured = self._measuring.measured({one.address: one.host for one in seen if one.is_server}, questions)
        listed = self._list()
        found = [(one, judged(self._of(one, listed, measured.timings, questions.keys()))) for one in _once(seen)]
        self._tell(self._told(found, listed, measured))
        return tuple(one for _, one in found)

    def _asked(self, seen: Iterable[Sighting]) -> dict[str, str]:
        """The addresses of every declared host, each with its host: the base URL's first, where several share one."""
        servers = [one for one in seen if one.is_server and (one.how is How.DECLARED or one.host == self._hosts.own())]
        found: dict[str, str] = {}
        for one in sorted(servers, key=lambda one: (one.host != self._hosts.own(), one.host, one.address)):
            found.setdefault(one.address, one.host)
        return found

    def _planted(self, plant: Plant, hosts: Mapping[str, str]) -> dict[str, list[Question]]:
        """Questions for each of these addresses, none for one that should be asked and cannot be; nothing where the driver knows no way."""
        planted: dict[str, list[Question]] = {}
        for address, count in self._measuring.wanted(list(hosts)).items():
            planted[address] = []
            for _ in range(count):
                words = f"图号{self._token()}"
                path = self._question(plant(words), hosts[address])
                if path is None:
                    return {}
                planted[address].append(Question(path, words.removeprefix("图号"), hosts[address]))
        return planted

    def _contacted(self) -> list[Sighting]:
        """Hosts that the first page contacts and that are not seen by name, each with the kind of its first contact."""
        kinds: dict[str, str] = {}
        for one in filter(lambda contact: contact.reaches, self._contacts()):
            kinds.setdefault(one.host, one.kind)
        named = {one.host for one in self._hosts.named()}
        seen = self._hosts.contacted([host for host in kinds if host and host not in named])
        return [replace(one, where=kinds.get(one.host, "")) for one in seen]

    def _told(self, found: Sequence[tuple[Sighting, Judged]], listed: ServerList | None, measured: Measured) -> dict[str, Any]:
        hosts = []
        for seen, one in found:
            evidence, origin = one.evidence, known(self._origins, one.evidence.host)
            mine = [timing for timing in measured.timings if evidence.role is Role.SERVER and timing.address == evidence.address]
            hosts.append({
                "host": evidence.host, "address": evidence.address, "role": evidence.role.value, "how": seen.how.value, "where": seen.where,
                "places": self._places.said(evidence.address), "holder": self._places.holder(evidence.address),
                "listed": evidence.listed.value, "sites": list(listed.sites_of(evidence.host, evidence.address)) if listed else [],
                "proof": evidence.proof.value, "answers": evidence.answers.value, "discs": [_disc(timing) for timing in mine],
                "answer": one.answer.value, "ground": one.ground.value,
                "service": origin.service if origin else "", "service_kind": origin.kind if origin else "",
            })  # fmt: skip
        return {
            "hosts": hosts,
            "sites": [{"name": site.name, **vars(site.place)} for site in listed.sites] if listed else [],
            "rejected": [{"vantage": one.vantage, "because": {"code": one.code, "values": dict(one.values)}} for one in measured.rejected],
            "tables": self._places.tables(), "within": self._places.within, "oldest_days": self._places.oldest.days,
            "current": self._places.current(), "filings": [vars(one) for one in shown(self._page())],
        }  # fmt: skip

    def left_out(self, contacts: Iterable[Contact]) -> list[Sighting]:
        """Hosts that pages contact and the signed list leaves out, own servers or others' services; Missing without a list."""
        listed = self._dossier.servers()
        return [one for one in self._reached(contacts) if listed.leaves_out(one)]

    def require_declared(self, contacts: Iterable[Contact]) -> None:
        """Undecided where pages contact others' hosts of which nobody has declared whose they are, or own ones that are not declared.

        Of these a browser is given nothing (only declared hosts are reached), so that nobody sees what their scripts send, and to whom.
        """
        reached = self._reached(contacts)
        self._dossier.servers().require_declared(reached)
        if unseen := sorted({one.host for one in reached if one.role is Role.SERVER and one.how is How.PAGE}):
            raise Undecided(
                "pages fetch from own hosts that domicile.hosts does not name, so what comes from there was not looked at: "
                + ", ".join(unseen)
            )

    def registered_outside(self, host: str) -> bool:
        """Whether all tables place an address of the host in one and the same place outside."""
        return self._places.outside(host)

    def _reached(self, contacts: Iterable[Contact]) -> tuple[Sighting, ...]:
        return self._hosts.contacted(dict.fromkeys(one.host for one in contacts if one.reaches))

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

    def _of(self, one: Sighting, listed: ServerList | None, timings: Sequence[Timing], asked: Collection[str]) -> Evidence:
        looked_up = one.address or (one.host if one.role is Role.THIRD_PARTY else "")
        registered = self._places.registered(looked_up) if looked_up else Registered.PARTED
        if one.role is Role.THIRD_PARTY:
            services = listed.says_of_another(one.host, one.address) if listed else Listed.NO_LIST
            return Evidence(one.host, one.address, one.role, registered, listed=services)
        if not one.is_server:
            return Evidence(one.host, one.address, one.role, registered)
        mine = [timing for timing in timings if timing.address == one.address]
        claimed = listed.claimed(one.host, one.address) if listed else ()
        proof = proved(mine, self._territory(), claimed) if mine else Proof.UNMEASURED
        named = Listed.NO_LIST if listed is None else Listed.LISTED if listed.names(one.host, one.address) else Listed.MISSING
        answers = answering(mine, self._territory, claimed, asked=one.address in asked)
        return Evidence(one.host, one.address, one.role, registered, proof, named, answers)


def _disc(timing: Timing) -> dict[str, Any]:
    return {
        "vantage": timing.vantage, "method": timing.method.value, "latitude": timing.stands.latitude, "longitude": timing.stands.longitude,
        "milliseconds": round(timing.seconds * 1000, 4), "samples": timing.samples, "radius_km": round(disc(timing).radius_km, 3),
    }  # fmt: skip


def _once(seen: Iterable[Sighting]) -> list[Sighting]:
    """Each host with each address and role once, whoever named it."""
    first: dict[tuple[str, str, Role], Sighting] = {}
    for one in seen:
        first.setdefault((one.host, one.address, one.role), one)
    return list(first.values())
