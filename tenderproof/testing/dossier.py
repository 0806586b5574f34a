"""The dossier (材料): what the signed papers that were handed in say of where the platform is."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tenderproof.domicile.keeping import Keeping
from tenderproof.domicile.listing import ServerList
from tenderproof.evidence.chance import Chance
from tenderproof.vocabulary import Blame, Missing

_LIST, _COMMITMENT, _LOCATION = "server_list", "cloud_commitment", "data_location"
_AUDITORS = frozenset({"unknown_key"})
"""What the auditor can mend: the provider may have signed, and nobody has told us its key."""


@dataclass(frozen=True)
class Commitment:
    """A cloud provider's security commitment: whose, for which sites; ``fault`` is why it counts as absent, "" if it counts."""

    provider: str = ""
    sites: tuple[str, ...] = ()
    fault: str = ""


class Dossier:
    """Reads what came of the papers before the checks ran; ``source`` gives it, and None where nobody has looked at papers."""

    def __init__(self, source: Callable[[], bytes] | None, chance: Chance) -> None:
        self._source, self._chance = source, chance

    def servers(self) -> ServerList:
        """The signed list of servers; Missing if there is none that counts."""
        said = self._said()
        if _LIST not in said["documents"]:
            faults = ", ".join(one["code"] for one in said["absent"] if one["kind"] == _LIST)
            told = f"the list of servers that was handed in counts as absent ({faults})" if faults else "no list of servers was handed in"
            raise Missing(told, Blame.DECLARATION)
        return ServerList.read(said["documents"][_LIST])

    def keeping(self) -> Keeping:
        """The operator's statement on where data are stored and what is sent abroad; Missing if there is none that counts."""
        said = self._said()
        if _LOCATION not in said["documents"]:
            faults = ", ".join(one["code"] for one in said["absent"] if one["kind"] == _LOCATION)
            told = (
                f"the statement on where data are stored counts as absent ({faults})" if faults else "no statement on where data are stored"
            )
            raise Missing(told, Blame.DECLARATION)
        return Keeping.read(said["documents"][_LOCATION])

    def critical(self) -> Keeping:
        """That statement, if it says that the platform is critical information infrastructure; Missing if it says that it is not."""
        keeping = self.keeping()
        if not keeping.critical:
            raise Missing("the operator has signed that the platform is no critical information infrastructure", Blame.DECLARATION)
        return keeping

    def commitment(self) -> Commitment:
        """The cloud provider's commitment; Missing where the list names no cloud, where none was handed in, or the auditor knows no key."""
        if not self.servers().clouds:
            raise Missing("the signed list of servers says that no cloud service is used", Blame.DECLARATION)
        said = self._said()
        if facts := said["documents"].get(_COMMITMENT):
            return Commitment(facts["provider"], tuple(facts["sites"]))
        faults = [one["code"] for one in said["absent"] if one["kind"] == _COMMITMENT]
        if not faults or set(faults) & _AUDITORS:
            why = "its key is nobody's whom the auditor names" if faults else "none was handed in"
            raise Missing(f"a cloud service is used, and of its provider's commitment nothing can be said: {why}", Blame.DECLARATION)
        return Commitment(fault=", ".join(faults))

    def _said(self) -> Mapping[str, Any]:
        if self._source is None:
            raise Missing("nobody has looked at signed papers before this run", Blame.TOOL)
        found: Mapping[str, Any] = json.loads(self._chance.made("papers", self._source))
        return found
