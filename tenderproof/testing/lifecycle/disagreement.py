"""A disagreement between a platform and the law's model of a life: found by comparing, told as a story in the actors' words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tenderproof import wording
from tenderproof.spec.lifecycle import Expected, Lifecycle, Rule
from tenderproof.testing.answers import Answer
from tenderproof.vocabulary import PlatformTrouble
from tenderproof.wording import Language

_SUBJECT = "lifecycle"


class Fault(StrEnum):
    """In what a platform and the law differ; each is a sentence of the catalogue."""

    ACCEPTED = "accepted"
    """What must be refused was accepted."""
    REFUSED = "refused"
    """What the law grants was refused."""
    DONE = "done"
    """What was refused was done all the same."""
    NOTHING = "nothing"
    """What the law grants was accepted, and nothing came of it."""
    CHANGED = "changed"
    """What must stay as it is changed."""


@dataclass(frozen=True)
class Tried:
    """An act that was done or tried: the answer, and some effects as they could be seen before and after it."""

    answer: Answer[Any]
    before: Mapping[str, Any]
    after: Mapping[str, Any]

    @property
    def changed(self) -> tuple[str, ...]:
        """The effects that are no more what they were, of those that could be seen both times."""
        return tuple(effect for effect, now in self.after.items() if effect in self.before and now != self.before[effect])


def watched(model: Lifecycle, rule: Rule) -> tuple[str, ...]:
    """The effects that are looked at before and after an act, to see what came of it."""
    effects = model.acts[rule.act].effects
    if rule.expected is Expected.EITHER:
        return rule.keeps
    return effects if rule.granted or rule.expected is Expected.REFUSED else ()


def fault(rule: Rule, tried: Tried) -> Fault | None:
    """In what an act differs from the rule about it; None if in nothing.

    PlatformTrouble where a lawful act is refused that a life needs and to which nobody has a right: that is no verdict.
    """
    match rule.expected:
        case Expected.REFUSED if tried.answer.accepted:
            return Fault.ACCEPTED
        case Expected.REFUSED if tried.changed:
            return Fault.DONE
        case Expected.EITHER if tried.changed:
            return Fault.CHANGED
        case Expected.ACCEPTED if tried.answer.refused and rule.granted:
            return Fault.REFUSED
        case Expected.ACCEPTED if tried.answer.refused:
            raise PlatformTrouble(f"The life of a tender does not go on: {tried.answer!r}")
        case Expected.ACCEPTED if tried.before and not tried.changed:
            return Fault.NOTHING
    return None


@dataclass(frozen=True, repr=False)
class Disagreement:
    """What was done before, the act at which platform and law differ, and in what; ``again``: it came again when it was told anew."""

    model: Lifecycle
    story: tuple[Rule, ...]
    stage: str
    rule: Rule
    fault: Fault
    tried: Tried
    again: bool = True

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that are broken: those of the rule concerned."""
        return self.rule.clauses

    def verdict(self, language: Language) -> str:
        """The act, what came of it and what the law demands, as one sentence."""
        between = wording.catalogue(_SUBJECT, language)["story"]["between"]
        effects = self.tried.before if self.fault is Fault.NOTHING else self.tried.changed
        said = {
            "act": self.model.acts[self.rule.act].title[language], "when": self.model.stages[self.stage].when[language],
            "clauses": ", ".join(self.clauses), "ground": self.rule.ground[language],
            "effects": between.join(self.model.effects[effect][language] for effect in effects),
        }  # fmt: skip
        told = wording.sentence(_SUBJECT, "fault", self.fault, said, language)
        return told if self.again else told + wording.sentence(_SUBJECT, "story", "once", {}, language)

    def told(self, language: Language) -> str:
        """The whole story, a numbered line an act."""
        acts = (self.model.acts[rule.act].title[language] for rule in self.story)
        lines = [*(wording.sentence(_SUBJECT, "story", "step", {"act": act}, language) for act in acts), self.verdict(language)]
        return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))

    def __repr__(self) -> str:
        return self.verdict("en")


def told(found: Sequence[Disagreement]) -> str:
    """Every disagreement: first in one sentence each, then as stories in English and in Chinese, with what the platform answered."""
    stories = [f"{one.told('en')}\n{one.told('zh')}\n{one.tried.answer!r}" for one in found]
    return "\n\n".join(["\n".join(one.verdict("en") for one in found), *stories])
