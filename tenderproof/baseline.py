"""The baseline: a TOML file that lists the violations that are known (specs/schemas/baseline.schema.json). It changes no verdict."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from tenderproof import content
from tenderproof.candidate.lines import line_of
from tenderproof.vocabulary import Verdict, WrongInput

_FORM = "tenderproof-baseline/1"


class BaselineError(WrongInput):
    """The baseline cannot be used; the message says what is wrong, where (file, line, key) and what to do."""


@dataclass(frozen=True)
class Known:
    """An entry: a clause and its checks that are known to fail (or to come to no result), why that is borne, and until which day."""

    clause: str
    verdict: Verdict
    checks: tuple[str, ...]
    words_sha256: str
    reason: str
    until: date | None  # None: to be filled in, as it is written and never as it is read


@dataclass(frozen=True)
class Baseline:
    """The whole list; ``decided`` is how many clauses were decided (satisfied or violated) when it was written."""

    plan: str
    decided: int
    known: tuple[Known, ...]


def read(file: Path) -> Baseline:
    """Read and check a baseline; BaselineError with file, line and key where it is wrong."""
    try:
        text = file.read_text("utf-8")
        found = tomllib.loads(text)
    except FileNotFoundError:
        raise BaselineError(f"There is no baseline at {file}; `tenderproof gate RUN --baseline {file} --write` writes one.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise BaselineError(f"The baseline {file} cannot be read: {error}.") from None
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise BaselineError(f"{file}: this is no TOML: {error}.") from None
    _require_schema(file, text, found)
    return Baseline(found["plan"], found["decided"], tuple(_known(entry) for entry in found.get("known", [])))


def _known(entry: Mapping[str, Any]) -> Known:
    return Known(
        entry["clause"], Verdict(entry["verdict"]), tuple(entry["checks"]), entry["words_sha256"], entry["reason"], _day(entry["until"])
    )


def _day(said: object) -> date:
    return said if isinstance(said, date) else date.fromisoformat(str(said))


def _require_schema(file: Path, text: str, found: Mapping[str, Any]) -> None:
    from jsonschema import Draft202012Validator  # noqa: PLC0415 - slow to import, and only needed here

    schema = json.loads((content.specs_dir() / "schemas" / "baseline.schema.json").read_text("utf-8"))
    document = json.loads(json.dumps(found, default=str))  # a date of TOML is a string of JSON
    errors = sorted(Draft202012Validator(schema).iter_errors(document), key=lambda error: [str(part) for part in error.absolute_path])
    if errors:
        raise _error(file, text, [*errors[0].absolute_path, *_missing(errors[0])], _sentence(errors[0]))
    seen: set[tuple[str, str]] = set()
    for number, entry in enumerate(found.get("known", [])):
        if (entry["clause"], entry["verdict"]) in seen:
            raise _error(file, text, ["known", number, "clause"], f"{entry['clause']} stands here twice; join the two entries")
        seen.add((entry["clause"], entry["verdict"]))
        if not _is_day(entry["until"]):
            raise _error(file, text, ["known", number, "until"], "is no day of the calendar; write for example 2027-01-31")


def _is_day(said: object) -> bool:
    try:
        _day(said)
    except ValueError:
        return False
    return True


def _missing(error: Any) -> list[str]:
    return [name for name in error.validator_value if name not in error.instance][:1] if error.validator == "required" else []


def _sentence(error: Any) -> str:
    match error.validator:
        case "required":
            return "must be given"
        case "additionalProperties":
            unknown = sorted(set(error.instance) - set(error.schema["properties"]))
            return f"there is no such key as {', '.join(unknown)}; known are {', '.join(sorted(error.schema['properties']))}"
        case "enum" | "const":
            allowed = error.validator_value if isinstance(error.validator_value, list) else [error.validator_value]
            return f"must be {' or '.join(map(str, allowed))}"
        case "type":
            return f"must be of type {error.validator_value}"
        case _:
            return str(error.schema["description"])


def _error(file: Path, text: str, path: Sequence[str | int], sentence: str) -> BaselineError:
    key = ".".join(str(part) for part in path) or "the whole file"
    return BaselineError(f"{file}, line {line_of(text, path)}, {key}: {sentence}.")


def dumped(baseline: Baseline, heading: str) -> str:
    """The file's text: the heading as comments, then the entries; what a person must fill in is empty."""
    lines = [*(f"# {line}" for line in heading.split("\n")), f'form = "{_FORM}"', f"plan = {_quoted(baseline.plan)}"]
    lines.append(f"decided = {baseline.decided}")
    for entry in baseline.known:
        checks = ", ".join(map(_quoted, entry.checks))
        lines += [
            "",
            "[[known]]",
            f"clause = {_quoted(entry.clause)}",
            f'verdict = "{entry.verdict.value}"',
            f"checks = [{checks}]",
            f"words_sha256 = {_quoted(entry.words_sha256)}",
            f"reason = {_quoted(entry.reason)}",
            f"until = {entry.until.isoformat() if entry.until else _quoted('')}",
        ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """A basic string of TOML: JSON's form is one, but for DEL, which TOML does not bear."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
