"""The words that every part of tenderproof shares: outcomes, blame, verdicts, decisions, ways to observe; and the troubles that blame."""

from enum import StrEnum

from tenderproof import discretion


class State(StrEnum):
    """What one check saw (outcome)."""

    PASSED = "passed"
    FAILED = "failed"
    ERRORED = "errored"
    SKIPPED = "skipped"


class Blame(StrEnum):
    """Who must act (归因)."""

    PLATFORM = "platform"
    DECLARATION = "declaration"
    NETWORK = "network"
    TOOL = "tool"


class Verdict(StrEnum):
    """What is said of a clause (判定)."""

    SATISFIED = "satisfied"
    VIOLATED = "violated"
    INCONCLUSIVE = "inconclusive"
    NOT_TESTED = "not_tested"
    NOT_APPLICABLE = "not_applicable"
    ATTESTED = "attested"


class Decision(StrEnum):
    """What is said of the candidate (结论)."""

    CONFORMANT = "conformant"
    NON_CONFORMANT = "non_conformant"
    INCONCLUSIVE = "inconclusive"


class Way(StrEnum):
    """How a clause can be observed."""

    RECORD = "record"
    SANDBOX = "sandbox"
    NETWORK = "network"
    DOCUMENT = "document"
    ATTESTATION = "attestation"


class Dose(StrEnum):
    """How hard a run probes (检测强度): each includes those before it."""

    PASSIVE = "passive"
    """Reads what everybody may read; sends nothing that the platform would keep."""
    STANDARD = "standard"
    """Acts as its users would, and as they must not, in a sandbox."""
    INTRUSIVE = "intrusive"
    """Wears something out: floods, holds connections, fills what is limited. Only with a written authorisation."""

    def covers(self, other: "Dose") -> bool:
        """Whether a run of this dose performs what needs the other."""
        order = list(Dose)
        return order.index(other) <= order.index(self)


class Trouble(Exception):  # noqa: N818 - the field's word: something other than the suite's assertion went wrong
    """Something other than the suite's own assertion did not hold: the outcome is *errored*, and ``blame`` says whose it is."""

    blame = Blame.TOOL

    def __init__(self, *told: object) -> None:
        """Say what it is; a secret of ours that a platform gave back is left out."""
        super().__init__(*(discretion.told(one) if isinstance(one, str) else one for one in told))


class PlatformTrouble(Trouble):
    """The platform answered something that is no answer: a 5xx, garbage, a page where data were due, a broken promise in set-up."""

    blame = Blame.PLATFORM


class NetworkTrouble(Trouble):
    """No answer came: refused, reset, timed out, TLS broken."""

    blame = Blame.NETWORK


class Undecided(Trouble):
    """All was looked at, and what was seen supports neither answer (an address of the loopback, too wide a disc): *inconclusive*."""

    blame = Blame.NETWORK


OUT_OF_TIME = "out_of_time"


class OutOfTime(Trouble):
    """The time that was set for the whole audit is spent, and the check was not begun; ``blame`` is of whom that time was spent on."""

    def __init__(self, blame: Blame) -> None:
        super().__init__(OUT_OF_TIME)
        self.blame = blame


class DeclarationTrouble(Trouble):
    """The declaration does not fit the platform: an account that cannot log in, a key that does not match."""

    blame = Blame.DECLARATION


class Missing(Exception):  # noqa: N818 - a prerequisite that is not there is no error
    """A prerequisite is not there (no second account, no clock, an operation not offered): *skipped*, with the reason."""

    def __init__(self, reason: str, blame: Blame = Blame.DECLARATION) -> None:
        self.reason, self.blame = discretion.told(reason), blame
        super().__init__(self.reason)


class NotReplayable(Exception):  # noqa: N818 - nobody's error: what a replay needs is not in the record, or is withheld from it
    """A replay asks for what the record does not hold: the check is not judged again, and nothing is said of it."""


class WrongInput(Exception):  # noqa: N818 - what somebody gave us is wrong, not we
    """Somebody gave us what cannot be used; the message is a sentence: what is wrong, where, and what to do. The command ends with 64."""
