"""``tenderproof region``: the yearly report of a region, made of its platforms' results, or held against them."""

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from tenderproof import wording
from tenderproof.cli import days
from tenderproof.cli.ending import Exit, WrongUse
from tenderproof.regional import page, sources
from tenderproof.regional.report import Heading, Yearly
from tenderproof.regional.sources import Sources
from tenderproof.seal import signature

JSON, PAGES = "region.json", {"zh": "region.html", "en": "region.en.html"}


@dataclass(frozen=True)
class Wanted:
    """The command line: the results, whom to trust, what the unit says, and where the report goes or lies."""

    results: tuple[Path, ...]
    trust: tuple[Path, ...]
    registers: tuple[Path, ...]
    bodies: tuple[Path, ...]
    previous: Path | None
    region: str
    unit: str
    year: int | None
    day: str
    next_year: Path | None
    out: Path | None
    check: Path | None


def run(wanted: Wanted, *, as_json: bool) -> None:
    """Write the report, or check one; exit 0 if all was believed, its day is in time and (checked) no figure differs, else 1."""
    if bool(wanted.registers) != bool(wanted.bodies):
        raise WrongUse("A register is believed by the key of its body; name both --register and --body.")
    said = _checked(wanted) if wanted.check else None
    heading = said.heading if said else _heading(wanted)
    trusted, bodies = ([signature.load_party(path) for path in paths] for paths in (wanted.trust, wanted.bodies))
    made = sources.yearly(heading, Sources(wanted.results, trusted, wanted.registers, bodies, wanted.previous))
    different = sources.differences(said, made) if said else []
    files = [] if said else _written(made, wanted.out or Path("region"))
    fine = made.in_time and not made.left_out and not different
    told = (
        json.dumps(_facts(made, files, different, fine=fine), ensure_ascii=False) if as_json else "\n".join(_lines(made, files, different))
    )
    print(told)
    sys.exit(Exit.CONFORMANT if fine else Exit.NON_CONFORMANT)


def _checked(wanted: Wanted) -> Yearly:
    if wanted.out or wanted.region or wanted.unit or wanted.year or wanted.day or wanted.next_year:
        raise WrongUse(
            "--check takes region, unit, year, day and plan from the report itself, and writes nothing; leave those options out."
        )
    assert wanted.check is not None  # noqa: S101 - for the type checker
    return sources.read(wanted.check)[0]


def _heading(wanted: Wanted) -> Heading:
    if not (wanted.region and wanted.unit and wanted.next_year):
        raise WrongUse("Say whose report it is and what comes next: --region, --unit and --next-year FILE (the plan of the year after).")
    day = days.day(wanted.day)
    try:
        plan = wanted.next_year.read_text("utf-8").strip()
    except OSError as error:
        raise WrongUse(f"The plan {wanted.next_year} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise WrongUse(f"The plan {wanted.next_year} is not UTF-8 text; save it as plain text.") from None
    try:
        return Heading(region=wanted.region, unit=wanted.unit, year=wanted.year or day.year, day=day, next_year=plan)
    except ValidationError as error:
        raise WrongUse(f"The report's {error.errors()[0]['loc'][0]} is empty or out of range; both parts of it are asked for.") from None


def _written(made: Yearly, out: Path) -> list[Path]:
    contents = {JSON: made.model_dump_json(indent=1) + "\n"} | {PAGES[lang]: page.render(made, lang) for lang in wording.LANGUAGES}
    try:
        out.mkdir(parents=True, exist_ok=True)
        for name, text in contents.items():
            (out / name).write_text(text, "utf-8")
    except OSError as error:
        raise WrongUse(f"The report cannot be written to {out}: {error.strerror}.") from None
    return [out / name for name in contents]


def _facts(made: Yearly, files: list[Path], different: list[str], *, fine: bool) -> dict[str, object]:
    return {
        "fine": fine,
        "files": list(map(str, files)),
        "year": made.heading.year,
        "in_time": made.in_time,
        **made.totals.model_dump(mode="json"),
        "left_out": [one.model_dump(mode="json") for one in made.left_out],
        "different": different,
    }


def _lines(made: Yearly, files: list[Path], different: list[str]) -> list[str]:
    language = wording.spoken()

    def say(code: str, **values: object) -> str:
        return wording.sentence("region", "say", code, {name: str(value) for name, value in values.items()}, language)

    lines = [
        say("left_out", file=one.file, why=wording.sentence("region", "left_out", one.code, one.values, language)) for one in made.left_out
    ]
    if not made.in_time:
        lines.append(say("out_of_time", day=made.heading.day, year=made.heading.year))
    lines += [say("different", place=place) for place in different]
    if files:
        return [*lines, say("written", files=", ".join(map(str, files)), count=made.totals.platforms)]
    return [*lines, say("does_not_hold" if different else "holds", count=made.totals.platforms)]
