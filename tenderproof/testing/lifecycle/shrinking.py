"""Shrinking a story: the shortest lawful way to the act that differs, told on a fresh tender; else whatever of the walk is needed."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import count

from tenderproof.spec.lifecycle import Expected, Lifecycle, Rule, Situation
from tenderproof.testing.lifecycle.disagreement import Disagreement
from tenderproof.vocabulary import Missing, Trouble

_FIRST = 2  # the shortest way, and the way that was gone
_RETELLINGS = 24  # more would take longer than the story is worth

Again = Callable[[Sequence[Rule]], Disagreement | None]


def shortest(seen: Disagreement, usable: Callable[[Rule], bool], in_time: Callable[[], bool], again: Again) -> Disagreement:
    """The disagreement with the shortest story in which it comes again; as it was seen, and said to be so, if it comes in none.

    Two stories are told at least; more only while it is ``in_time``.
    """
    model, rule, told = seen.model, seen.rule, count(1)

    def differs(here: Situation) -> bool:
        return here.stage == seen.stage and model.rule(here, rule.act) is rule

    def tried(story: Sequence[Rule]) -> Disagreement | None:
        number = next(told)
        try:
            return again(story) if number <= _FIRST or (number <= _RETELLINGS and in_time()) else None
        except (Trouble, Missing):  # a story that is not told to its end shows nothing
            return None

    direct = model.way(model.beginning, differs, usable)
    shown = tried(direct) if direct is not None else None
    if shown is not None:
        return shown
    shown = tried(seen.story)
    while shown and (shorter := next(filter(None, map(tried, _shorter(model, shown.story, seen))), None)):
        shown = shorter
    return shown or replace(seen, again=False)


def _shorter(model: Lifecycle, story: Sequence[Rule], seen: Disagreement) -> Iterator[tuple[Rule, ...]]:
    """The stories with one act less that the model still tells, the latest acts left out first."""
    for place in reversed(range(len(story))):
        shorter = (*story[:place], *story[place + 1 :])
        if leads_to(model, shorter, seen):
            yield shorter


def leads_to(model: Lifecycle, story: Sequence[Rule], seen: Disagreement) -> bool:
    """Whether the model tells this story as it stands, and comes to the act that differs, by its own rule and at its own stage."""
    here = model.beginning
    for rule in story:
        if model.rule(here, rule.act) is not rule:
            return False
        here = rule.after(here) if rule.expected is not Expected.REFUSED else here
    return here.stage == seen.stage and model.rule(here, seen.rule.act) is seen.rule
