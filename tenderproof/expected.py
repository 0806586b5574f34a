"""Expected verdicts: a file beside a platform that says what an audit must find, no more and no less."""

import json
from pathlib import Path
from typing import Any

from tenderproof.result import Result
from tenderproof.vocabulary import WrongInput


class ExpectedError(WrongInput):
    """The file of expected verdicts cannot be used; the message is a sentence."""


def of(result: Result) -> dict[str, object]:
    """What is compared: the decision, the level, and for each clause the verdict and the code of its reason."""
    return {
        "plan": result.basis.plan,
        "decision": result.conclusion.decision.value,
        "level": result.conclusion.level,
        "clauses": {clause.id: f"{clause.verdict.value}: {clause.reason.code}" for clause in result.clauses},
    }


def write(result: Result, path: Path) -> None:
    """Write what was found as what is expected from now on; a person reads the difference before it is committed."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(of(result), ensure_ascii=False, indent=1) + "\n", "utf-8")


def read(path: Path) -> dict[str, Any]:
    """What a file says; ExpectedError if it cannot be read."""
    try:
        expected: dict[str, Any] = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ExpectedError(f"The expected verdicts in {path} cannot be read: {error}.") from error
    return expected


def differences(result: Result, path: Path) -> list[str]:
    """A line for each thing that is not as the file says; empty if all is."""
    expected, found = read(path), of(result)
    lines = [
        f"{name}: expected {expected.get(name)}, found {found[name]}"
        for name in ("plan", "decision", "level")
        if expected.get(name) != found[name]
    ]
    wanted, seen = expected.get("clauses", {}), found["clauses"]
    assert isinstance(seen, dict)  # noqa: S101 - of() makes it one
    return lines + [
        f"{clause}: expected {wanted.get(clause, 'nothing')}, found {seen.get(clause, 'nothing')}"
        for clause in sorted({*wanted, *seen})
        if wanted.get(clause) != seen.get(clause)
    ]
