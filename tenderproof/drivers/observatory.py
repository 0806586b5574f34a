"""The observatory (观测): round trips to the candidate's addresses from the vantage points that the auditor names; nobody is named else.

The reports come in their signed envelopes and are recorded as they came. They are opened and believed from the record, live as on a replay.
"""

import ipaddress
import json
from collections.abc import Mapping, Sequence
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
from tenderproof.testing.whereabouts import Question

_LATE = timedelta(minutes=1)
_SAMPLES = 20
_MOST_QUESTIONS = 48  # a tender is told for each: addresses beyond that are asked nothing, and that they were not stays open
_PORTS = {"https": 443}


class Observatory:
    """``file`` is the auditor's list of vantage points, None where there is none; ``base_url`` tells at which port servers answer."""

    def __init__(self, file: Path | None, base_url: str, chance: Chance) -> None:
        self._file, self._chance = file, chance
        url = urlsplit(base_url)
        self._secured, self._own = url.scheme == "https", (url.hostname or "").strip("[]")
        self._port = url.port or _PORTS.get(url.scheme, 80)

    def wanted(self, addresses: Sequence[str]) -> dict[str, int]:
        """How many questions that nobody has asked before each of these addresses wants: one for each vantage point, if it may be asked.

        0 for those that are too many.
        """
        found: dict[str, int] = json.loads(self._chance.made("questions wanted", lambda: json.dumps(self._wanted(addresses)).encode()))
        return found

    def measured(self, addresses: Mapping[str, str], questions: Mapping[str, Sequence[Question]]) -> Measured:
        """What vantage points measured of these addresses, each with its host; nothing of those that they may not ask.

        ``questions`` are for addresses, one for each vantage point; where there are fewer, the last vantage points ask none.
        """
        came = json.loads(
            self._chance.made("vantages", lambda: json.dumps(self._collected(addresses, questions), ensure_ascii=False).encode())
        )
        return believed([Came.read(one) for one in came], _LATE)

    def _wanted(self, addresses: Sequence[str]) -> dict[str, int]:
        if self._file is None:
            return {}
        vantages = load_vantages(self._file)
        each = len(vantages.points)
        allowed = [address for address in addresses if _allowed(address, vantages)]
        return {address: each if (number + 1) * each <= _MOST_QUESTIONS else 0 for number, address in enumerate(allowed)}

    def _collected(self, addresses: Mapping[str, str], questions: Mapping[str, Sequence[Question]]) -> list[dict[str, object]]:
        if self._file is None:
            return []
        vantages = load_vantages(self._file)
        methods = (Method.TCP, Method.TLS) if self._secured else (Method.TCP,)
        room = (MOST_TARGETS - len(vantages.points) - sum(bool(mine) for mine in questions.values())) // len(methods)
        wanted = [address for address in addresses if _allowed(address, vantages)][:room]
        if not wanted:
            return []
        names = [point.stand.name for point in vantages.points]

        def targets(vantage: str) -> list[Target]:
            turn = names.index(vantage)
            timed = [self._target(address, addresses[address], method) for method in methods for address in wanted]
            asked = [self._asked(address, mine[turn]) for address, mine in questions.items() if address in wanted and turn < len(mine)]
            return [*timed, *asked]

        return [one.plain() for one in collected(vantages, targets, _SAMPLES, lambda: token_hex(16))]

    def _target(self, address: str, host: str, method: Method) -> Target:
        return Target(address, self._port, method, host if method is Method.TLS else "")

    def _asked(self, address: str, question: Question) -> Target:
        host = question.host or self._own
        return Target(address, self._port, Method.CHALLENGE, host if self._secured else "", question.path, question.words)


def _allowed(address: str, vantages: Vantages) -> bool:
    """A laboratory times its own machine and nothing else; others time the public network and nothing else."""
    return ipaddress.ip_address(address).is_loopback if vantages.laboratory else public(address) is not None
