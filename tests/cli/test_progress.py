"""Progress: quiet where nobody watches, a line for each problem where somebody does."""

import io

from tenderproof.cli.progress import Live, Quiet, watcher
from tenderproof.journal import CheckFinished, CheckStarted

FAILED = CheckFinished("a/b::test_c", 1, ("EB-27-3",), "sandbox", "failed", "platform", "late", "", "", 0.1, 1)


def say(code: str, **_: str) -> str:
    """The code itself."""
    return code


def test_nobody_watching_means_silence() -> None:
    assert isinstance(watcher(3, say, quiet=False), Quiet)
    with Quiet() as listener:
        listener(FAILED)


def test_a_failing_check_appears_with_its_clause() -> None:
    stream = io.StringIO()
    with Live(2, say, stream) as listener:
        listener(CheckStarted("a/b::test_c", 1))
        listener(FAILED)

    assert "progress_failed  EB-27-3  a/b::test_c" in stream.getvalue()
