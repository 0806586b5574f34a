"""The observatory (观测): round trips to the candidate's addresses from the vantage points that the auditor names; nobody is named else.

The reports come in their signed envelopes and are recorded as they came. They are opened and believed from the record, live as on a replay.
"""

import ipaddress
import json
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from secrets import token_hex
from urllib.parse import urlsplit

from tenderproof.domicile.connects import Target
from tenderproof.domicile.discs import Method
from tenderproof.domicile.measuring import Came, Measured, Vantages, believed, collected, load_vantages
from tenderproof.domicile.messages import MOST_TARGETS
from tenderproof.evidence.chance import Chance
from tenderproof.spec.addresses import public

_LATE = timedelta(minutes=1)
_SAMPLES = 20
_PORTS = {"https": 443}


class Observatory:
    """``file`` is the auditor's list of vantage points, None where there is none; ``base_url`` tells at which port servers answer."""

    def __init__(self, file: Path | None, base_url: str, chance: Chance) -> None:
        self._file, self._chance = file, chance
        url = urlsplit(base_url)
        self._port = url.port or _PORTS.get(url.scheme, 80)

    def measured(self, addresses: Sequence[str]) -> Measured:
        """What vantage points measured of these addresses; nothing of those that they may not ask."""
        came = json.loads(self._chance.made("vantages", lambda: json.dumps(self._collected(addresses), ensure_ascii=False).encode()))
        return believed([Came.read(one) for one in came], _LATE)

    def _collected(self, addresses: Sequence[str]) -> list[dict[str, object]]:
        if self._file is None:
            return []
        vantages = load_vantages(self._file)
        wanted = [address for address in dict.fromkeys(addresses) if _allowed(address, vantages)]
        targets = [Target(address, self._port, Method.TCP) for address in wanted[: MOST_TARGETS - len(vantages.points)]]
        if not targets:
            return []
        return [one.plain() for one in collected(vantages, lambda _: targets, _SAMPLES, lambda: token_hex(16))]


def _allowed(address: str, vantages: Vantages) -> bool:
    """A laboratory times its own machine and nothing else; others time the public network and nothing else."""
    return ipaddress.ip_address(address).is_loopback if vantages.laboratory else public(address) is not None
