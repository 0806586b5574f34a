"""The channel (传输通道): how everybody reaches the platform, and what is wrong with it (docs/transport.md)."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from tenderproof.spec.plan import Plan
from tenderproof.transport import judgement, second
from tenderproof.transport.judgement import Figures, Finding, Supports
from tenderproof.transport.observation import Observation
from tenderproof.transport.second import Second
from tenderproof.vocabulary import Blame, DeclarationTrouble, Missing, NetworkTrouble, PlatformTrouble, Trouble

_OURS = frozenset({"tlcp_not_tested", "key_not_read"})
_DECLARATIONS = frozenset({"issuer_not_believed"})
_PLATFORMS = frozenset({"suite_not_allowed", "renegotiation_not_secured"})


@dataclass(frozen=True)
class Findings:
    """What was found: ``broken`` convicts. What stays open is said by :meth:`require_known`, after what convicts was looked at."""

    all: tuple[Finding, ...]

    @property
    def broken(self) -> list[str]:
        """What is wrong, code and words."""
        return [str(finding) for finding in self.all if finding.supports is Supports.VIOLATED]

    def require_known(self) -> None:
        """Raise if something could not be tested: what nobody here can speak is not tested, all else leaves the outcome open."""
        for finding in (one for one in self.all if one.supports is Supports.OPEN):
            if finding.code in _OURS:
                raise Missing(f"no instrument here can test it: {finding}", Blame.TOOL)
            raise _trouble(finding)


def _trouble(finding: Finding) -> Trouble:
    if finding.code in _DECLARATIONS:
        return DeclarationTrouble(f"The channel could not be judged: {finding} A root that is not public is named by tls.authority.")
    kind = PlatformTrouble if finding.code in _PLATFORMS else NetworkTrouble
    return kind(f"The channel could not be judged: {finding}")


@dataclass(frozen=True)
class InPlain:
    """What the same request gets over TLS and in plain; ``plain`` is None where nobody answers in plain."""

    asked: str
    secure: tuple[int, bytes]
    plain: tuple[int, bytes] | None

    @property
    def is_served(self) -> bool:
        """Whether the platform does the same in plain: it hands something out, or refuses for the same reason, word for word.

        A redirect, a refusal of its own, and a page that only says where TLS is are none of it.
        """
        if self.plain is None or self.plain[0] // 100 not in (2, 4):
            return False
        same_status = self.plain[0] == self.secure[0]
        handed_out = self.plain[0] // 100 == 2 and b"https://" not in self.plain[1]  # noqa: PLR2004 - a class of statuses
        return same_status and (handed_out or (self.plain[1] == self.secure[1] != b""))


class Watched(ABC):
    """The channel as an instrument sees it."""

    @abstractmethod
    def observed(self) -> Observation:
        """What the secure address agrees to. Missing where none is declared, or it is reached by what nothing here speaks."""

    @abstractmethod
    def second_look(self) -> Second:
        """What a second instrument sees there; Missing where there is none."""

    @abstractmethod
    def asked_in_plain(self) -> Sequence[InPlain]:
        """A few requests, one of them to log in, over TLS and at the plain entrance. None where there is no plain entrance to know of."""


class Channel:
    """The channel, judged by the plan's figures."""

    def __init__(self, watched: Watched, figures: Figures) -> None:
        self._watched, self._figures = watched, figures

    def protocol(self) -> Findings:
        """Of the versions of the protocol."""
        return self._judged(judgement.protocol)

    def suites(self) -> Findings:
        """Of the cipher suites."""
        return self._judged(judgement.suites)

    def certificate(self) -> Findings:
        """Of the certificate and its chain."""
        return self._judged(judgement.certificate)

    def second_look(self) -> Findings:
        """Of versions and suites, as a second instrument sees them."""
        return Findings(second.judged(self._watched.second_look(), self._figures))

    def asked_in_plain(self) -> Sequence[InPlain]:
        """See :meth:`Watched.asked_in_plain`."""
        return self._watched.asked_in_plain()

    def _judged(self, judge: Callable[[Observation, Figures], tuple[Finding, ...]]) -> Findings:
        return Findings(judge(self._watched.observed(), self._figures))


def figures(plan: Plan) -> Figures:
    """The figures of a plan that a channel is judged by."""
    return Figures(
        str(plan.value("tls_oldest_version")), plan.whole("rsa_min_bits"), plan.whole("ec_min_bits"),
        _names(plan, "weak_suites"), _names(plan, "weak_hashes"), _names(plan, "allowed_suites"),
    )  # fmt: skip


def _names(plan: Plan, parameter: str) -> tuple[str, ...]:
    found = plan.value(parameter)
    return tuple(str(one) for one in found) if isinstance(found, list) else tuple(str(found).split())
