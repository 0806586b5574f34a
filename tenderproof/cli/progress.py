"""Live progress: checks done, failing clauses as they appear, time left; quiet where nobody watches."""

import sys
from collections.abc import Callable
from typing import Self, TextIO

from tenderproof.journal import CheckFinished, Event
from tenderproof.vocabulary import State

_SHOWN_PROBLEMS = 12


class Quiet:
    """For CI and for --json: says nothing."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __call__(self, event: Event) -> None:
        """Listen to one event."""


class Live:
    """For a terminal: one line that moves, and a line for each failing check as it appears."""

    def __init__(self, total: int, say: Callable[..., str], stream: TextIO) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._say, self._problems = say, 0
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
        )
        self._progress = Progress(*columns, console=Console(file=stream), transient=True)
        self._task = self._progress.add_task(say("progress_checks"), total=total)

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._progress.stop()

    def __call__(self, event: Event) -> None:
        """Listen to one event."""
        if not isinstance(event, CheckFinished):
            return
        self._progress.advance(self._task)
        if event.state in (State.FAILED, State.ERRORED):
            self._problems += 1
            if self._problems <= _SHOWN_PROBLEMS:
                word = self._say(f"progress_{event.state}")
                self._progress.console.print(f"{word}  {', '.join(event.clauses)}  {event.check}", highlight=False, markup=False)


def watcher(total: int, say: Callable[..., str], *, quiet: bool) -> "Live | Quiet":
    """Live where a person watches the terminal, quiet elsewhere."""
    return Quiet() if quiet or not sys.stderr.isatty() else Live(total, say, sys.stderr)
