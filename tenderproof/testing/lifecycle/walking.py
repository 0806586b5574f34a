"""Walking lives: each begins anew, tries what the model decides about and nobody has tried yet, and goes on by lawful acts.

Hypothesis draws the order in which a walk prefers its acts, and whose turn it is; from there a walk follows from the model, from what has
been tried, and from the answers. So a small number of walks comes by every rule at every stage, and the same seed walks the same way.
"""

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Protocol

from tenderproof import generation
from tenderproof.spec.lifecycle import STAGE, Expected, Lifecycle, Rule, Situation
from tenderproof.testing.answers import Answer
from tenderproof.testing.lifecycle import shrinking
from tenderproof.testing.lifecycle.disagreement import Disagreement, Fault, Tried, fault, watched
from tenderproof.vocabulary import Blame, Missing, PlatformTrouble, Trouble


class World(Protocol):
    """A life that is being lived on a platform."""

    def perform(self, act: str) -> Answer[Any]:
        """Do it, or try to; Missing if the driver does not offer it, a Trouble if no answer came."""

    def read(self, effect: str) -> Any:
        """What can be seen of an effect, to be compared; Missing if the driver does not offer to see it."""


@dataclass(frozen=True)
class Extent:
    """How far to go: so many walks at most, of so many acts at most, and nothing new is begun after so many seconds."""

    walks: int
    steps: int
    seconds: int


@dataclass(frozen=True)
class Walked:
    """What came of it: disagreements, how many pairs of rule and stage were tried, acts that were left out and why."""

    disagreements: tuple[Disagreement, ...]
    tried: int
    left_out: Mapping[str, str]


def walked(
    model: Lifecycle, begin: Callable[[Sequence[int]], World], actors: int, extent: Extent, seed: int, now: Callable[[], datetime]
) -> Walked:
    """Walk; ``begin`` gives a fresh world for the order in which so many actors take their turns, ``now`` is the real time.

    The first Trouble if nothing was found that disagrees, Missing if nothing could be tried at all.
    """
    import hypothesis  # noqa: PLC0415 - slow to import, and only needed here
    from hypothesis import strategies  # noqa: PLC0415

    generation.from_the_seed_alone()
    until = now() + timedelta(seconds=extent.seconds)
    walker = _Walker(model, begin, extent.steps, lambda: now() < until)
    acts = sorted(model.acts, key=lambda act: hashlib.sha256(f"{seed}{act}".encode()).digest())  # Hypothesis begins with what it is given

    @hypothesis.seed(seed)
    @hypothesis.settings(
        max_examples=extent.walks, phases=[hypothesis.Phase.generate], database=None, deadline=None, derandomize=True,
        suppress_health_check=list(hypothesis.HealthCheck),
    )  # fmt: skip
    @hypothesis.given(strategies.permutations(acts), strategies.permutations(range(actors)))
    def walk(order: Sequence[str], turns: Sequence[int]) -> None:
        walker.attempt(order, tuple(turns))

    walk()
    found = walker.concluded()
    if walker.trouble and not found:
        raise walker.trouble
    if walker.left_out and not walker.tried:
        raise Missing("; ".join(walker.left_out.values()), Blame.DECLARATION)
    return Walked(found, len(walker.tried), walker.left_out)


@dataclass
class _Walker:
    """Several walks, and what is known from the earlier ones.

    ``done_with`` are rules of which nothing more is asked; ``reached`` what was seen of the stage when a lawful act had led on.
    """

    model: Lifecycle
    begin: Callable[[Sequence[int]], World]
    steps: int
    in_time: Callable[[], bool]
    tried: set[tuple[str, int]] = field(default_factory=set)
    done_with: set[int] = field(default_factory=set)
    disagreements: list[Disagreement] = field(default_factory=list)
    reached: list[Any] = field(default_factory=list)
    left_out: dict[str, str] = field(default_factory=dict)
    trouble: Trouble | None = None
    crash: Exception | None = None
    stopped: bool = False

    def attempt(self, order: Sequence[str], turns: Sequence[int]) -> None:
        """Walk once; whatever breaks off here is kept for whoever has asked, and Hypothesis hears nothing of it."""
        try:
            self._walk(order, turns)
        except Missing as missing:
            self.left_out[""], self.stopped = missing.reason, True
        except Trouble as trouble:
            self.trouble, self.stopped = self.trouble or trouble, True
        except Exception as crash:  # noqa: BLE001 - it is raised again
            self.crash, self.stopped = crash, True

    def concluded(self) -> tuple[Disagreement, ...]:
        """What disagrees with the law; a crash of ours is raised instead.

        That a refused act moved the stage counts if it stands where a lawful act leads: others come with time, and are seen late.
        """
        if self.crash:
            raise self.crash
        return tuple(
            one
            for one in self.disagreements
            if one.fault is not Fault.DONE or one.tried.changed != (STAGE,) or one.tried.after[STAGE] in self.reached
        )

    def _walk(self, order: Sequence[str], turns: Sequence[int]) -> None:
        """Live one life, as far as there is something to try."""
        here = self.model.beginning
        if self.stopped or not self.in_time() or self._next(here, order) is None:
            return
        life, story = _Life(self.begin(turns), self.model), list[Rule]()
        while len(story) < self.steps and self.in_time() and (rule := self._next(here, order)):
            there = self._step(life, story, here, rule, turns)
            if there is None:
                return
            here = there

    def _next(self, here: Situation, order: Sequence[str]) -> Rule | None:
        """What to try here: first what does not lead away, then what does; else the first step to where something is left to try."""
        fresh = sorted(self._fresh(here), key=lambda rule: (_leads_away(rule), order.index(rule.act)))
        if fresh:
            return fresh[0]
        way = self.model.way(here, lambda there: bool(self._fresh(there)), self._usable)
        return way[0] if way else None

    def _fresh(self, here: Situation) -> list[Rule]:
        """What is left to try here; what must be refused is tried on the brink, where a platform is likeliest to err."""
        left = [rule for rule in self.model.choices(here) if (here.stage, rule.number) not in self.tried and self._usable(rule)]
        return [rule for rule in left if rule.expected is not Expected.REFUSED or rule.on_the_brink(here)]

    def _usable(self, rule: Rule) -> bool:
        return rule.number not in self.done_with and rule.act not in self.left_out

    def _step(self, life: "_Life", story: list[Rule], here: Situation, rule: Rule, turns: Sequence[int]) -> Situation | None:
        """Try one act; the situation afterwards, or None if this life cannot go on."""
        self.tried.add((here.stage, rule.number))
        try:
            tried = life.tell(rule)
            differs = fault(rule, tried)
            if differs:
                self._differs(Disagreement(self.model, tuple(story), here.stage, rule, differs, tried), turns)
                return None
        except Missing as missing:
            self.tried.discard((here.stage, rule.number))
            self.left_out[rule.act] = missing.reason
            return here
        except PlatformTrouble as trouble:
            self.trouble = self.trouble or trouble
            if rule.expected is Expected.REFUSED:  # no answer is no refusal, but the life goes on
                return here
            self.done_with.add(rule.number)
            return None
        if tried.answer.refused:
            if rule.expected is Expected.REFUSED:
                story.append(rule)
            return here
        story.append(rule)
        if rule.to and self.model.acts[rule.act].actor:
            self.reached += life.seen((STAGE,)).values()
        return rule.after(here)

    def _differs(self, first: Disagreement, turns: Sequence[int]) -> None:
        """Shrink what differs on fresh tenders. A lawful act whose refusal does not come again convicts nobody: it was a trouble."""
        self.done_with.add(first.rule.number)
        shown = shrinking.shortest(first, self._usable, self.in_time, lambda story: retold(self.begin(turns), story, first))
        if first.fault is Fault.REFUSED and not shown.again:
            raise PlatformTrouble(f"What was refused once is accepted when it is tried again: {first.tried.answer!r}")
        self.disagreements.append(shown)


def _leads_away(rule: Rule) -> int:
    """0 for what stays at its stage, 1 for what leads away, 2 for what may."""
    return 0 if not rule.to else 2 if rule.expected is Expected.EITHER else 1


class _Life:
    """A world, and what was seen of it since the last act that was accepted."""

    def __init__(self, world: World, model: Lifecycle) -> None:
        self._world, self._model = world, model
        self._known: dict[str, Any] = {}

    def tell(self, rule: Rule) -> Tried:
        """Do one act, and look at its effects before and after; what a refused act has left is what the next one finds."""
        effects = watched(self._model, rule)
        known, self._known = self._known, {}
        before = self.seen([effect for effect in effects if effect not in known]) | {one: known[one] for one in effects if one in known}
        answer = self._world.perform(rule.act)
        after = self.seen(list(before))
        self._known = after if answer.accepted else known | after
        return Tried(answer, before, after)

    def seen(self, effects: Sequence[str]) -> dict[str, Any]:
        """What can be seen of some effects; one that the driver does not offer to see is left out."""
        found = {}
        for effect in effects:
            try:
                found[effect] = self._world.read(effect)
            except Missing:
                continue
        return found


def retold(world: World, story: Sequence[Rule], first: Disagreement) -> Disagreement | None:
    """Tell a story on a fresh world, and then the act that differed: the same disagreement, or None if it does not come about."""
    for rule in story:
        if world.perform(rule.act).accepted is (rule.expected is Expected.REFUSED):
            return None
    tried = _Life(world, first.model).tell(first.rule)
    if fault(first.rule, tried) is not first.fault:
        return None
    return Disagreement(first.model, tuple(story), first.stage, first.rule, first.fault, tried)
