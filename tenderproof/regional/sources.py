"""What a region's report is made of: sealed bundles and folders of results, registers, and the report of the year before.

A bundle is verified before a word of it is believed, and a result whose decision does not follow from its own verdicts is not believed,
whoever sealed it. What is not believed is left out and named.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tenderproof.certification import checking, register
from tenderproof.regional import report
from tenderproof.regional.report import Heading, Issued, LeftOut, Platform, Yearly
from tenderproof.result import Bilingual, Result
from tenderproof.seal import verification
from tenderproof.seal.archive import Reader
from tenderproof.seal.contents import RESULT
from tenderproof.seal.signature import Party
from tenderproof.spec.calendar import day_in_china
from tenderproof.verdict import Readiness
from tenderproof.vocabulary import Decision, Verdict, WrongInput

_OPEN = (Verdict.INCONCLUSIVE, Verdict.NOT_TESTED)


class RegionError(WrongInput):
    """A region's report cannot be made; the message is a sentence for the user."""


@dataclass(frozen=True)
class Sources:
    """Results (bundles, or folders of runs), whom to trust for them, registers with the keys of their bodies, the earlier report."""

    results: Sequence[Path]
    trusted: Sequence[Party] = ()
    registers: Sequence[Path] = ()
    bodies: Sequence[Party] = ()
    previous: Path | None = None


@dataclass
class _Gathered:
    platforms: dict[tuple[str, str, str], tuple[Platform, Path]] = field(default_factory=dict)
    words: dict[str, Bilingual] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)

    def leave(self, path: Path, code: str, **values: object) -> None:
        self.left_out.append(LeftOut(file=path.name, code=code, values={name: str(value) for name, value in values.items()}))


def yearly(heading: Heading, of: Sources) -> Yearly:
    """The report with every figure computed from the sources; RegionError where nothing is left, or two results are of one platform."""
    found = _Gathered()
    for path in of.results:
        _take(path, of.trusted, heading, found)
    if not found.platforms:
        raise RegionError(f"No result can be believed, so there is nothing to report: {_named(found.left_out)}.")
    platforms = [found.platforms[key][0] for key in sorted(found.platforms)]
    clauses = report.counted(platforms, found.words)
    issued = [one for folder in of.registers for one in _issued(folder, of.bodies, heading, platforms, found)]
    return Yearly(
        heading=heading, in_time=heading.in_time, totals=report.totals(platforms), platforms=platforms, clauses=clauses,
        certificates=issued if of.registers else None,
        since=_since(of.previous, heading, platforms, clauses) if of.previous else None,
        left_out=found.left_out,
    )  # fmt: skip


def read(path: Path) -> tuple[Yearly, str]:
    """A region's report and its SHA-256; RegionError where it is none, or where its figures are not those of its own platforms."""
    try:
        octets = path.read_bytes()
        found = Yearly.model_validate_json(octets)
    except OSError as error:
        raise RegionError(f"The report {path} cannot be read: {error.strerror}; name the JSON that `tenderproof region` wrote.") from error
    except ValidationError as error:
        place = ".".join(map(str, error.errors()[0]["loc"])) or "the whole"
        raise RegionError(f"{path} is no report of a region ({place}); name the JSON that `tenderproof region` wrote.") from error
    words = {count.id: count.words for count in found.clauses}
    missing = {clause for one in found.platforms for clause in one.verdicts} - words.keys()
    same = not missing and (found.totals, found.clauses) == (report.totals(found.platforms), report.counted(found.platforms, words))
    if not same or found.in_time != found.heading.in_time:
        raise RegionError(f"The figures of {path} are not those of the platforms that it lists; have it made again from their results.")
    return found, hashlib.sha256(octets).hexdigest()


def differences(said: Yearly, anew: Yearly) -> list[str]:
    """Where a report says otherwise than the one that is computed anew, as dotted places."""
    return list(_differing("", said.model_dump(mode="json"), anew.model_dump(mode="json")))


def _differing(place: str, said: Any, anew: Any) -> Iterator[str]:
    if isinstance(said, dict) and isinstance(anew, dict):
        for key in {**said, **anew}:
            yield from _differing(f"{place}.{key}".lstrip("."), said.get(key), anew.get(key))
    elif isinstance(said, list) and isinstance(anew, list) and len(said) == len(anew):
        for number, (one, other) in enumerate(zip(said, anew, strict=True)):
            yield from _differing(f"{place}.{number}", one, other)
    elif said != anew:
        yield place


def _take(path: Path, trusted: Sequence[Party], heading: Heading, found: _Gathered) -> None:
    octets, signer, by_trusted = _octets(path, trusted, found)
    if octets is None:
        return
    try:
        of = Result.model_validate_json(octets)
    except ValidationError:
        found.leave(path, "no_result")
        return
    finished = day_in_china(of.run.finished)
    if finished.year != heading.year or finished > heading.day:
        found.leave(path, "other_time", finished=finished, year=heading.year, day=heading.day)
        return
    if not _follows(of):
        found.leave(path, "contradicts", decision=of.conclusion.decision.value, level=of.conclusion.level)
        return
    _add(path, _platform(of, octets, signer, trusted=by_trusted), found)
    found.words.update({clause.id: clause.words for clause in of.clauses})


def _octets(path: Path, trusted: Sequence[Party], found: _Gathered) -> tuple[bytes | None, str, bool]:
    """The result's octets, who sealed it ("" for a folder), and whether that is somebody trusted; None where it is not believed."""
    if path.is_dir():
        try:
            return (path / "result.json").read_bytes(), "", False
        except OSError:
            found.leave(path, "no_result")
            return None, "", False
    try:
        done = verification.verify(path, trusted)
    except verification.BundleError:
        found.leave(path, "missing")
        return None, "", False
    if done.signer and [finding.code for finding in done.findings] == ["signer_unknown"]:
        found.leave(path, "not_trusted", signer=done.signer)
        return None, "", False
    if not done.holds:
        found.leave(path, "does_not_hold", why=done.findings[0].code, many=len(done.findings))
        return None, "", False
    with path.open("rb") as file:
        return Reader(file).content(RESULT), done.signer, bool(done.trusted)


def _add(path: Path, platform: Platform, found: _Gathered) -> None:
    before = found.platforms.get(platform.identity)
    if before:
        raise RegionError(f"{before[1]} and {path} are both of {platform.name}; name one result of each platform.")
    found.platforms[platform.identity] = platform, path


def _follows(of: Result) -> bool:
    """Whether decision, failing clauses, level and counts are those that the result's own verdicts make."""
    said, must = of.conclusion, [clause for clause in of.clauses if clause.keyword != "should"]
    violated = sorted(c.id for c in must if c.verdict is Verdict.VIOLATED and not c.waiver)
    undecided = sorted(c.id for c in must if c.verdict in _OPEN)
    decision = Decision.NON_CONFORMANT if violated else Decision.INCONCLUSIVE if undecided or not must else Decision.CONFORMANT
    counts = {verdict: sum(c.verdict is verdict for c in of.clauses) for verdict in Verdict}
    once = len({clause.id for clause in of.clauses}) == len(of.clauses)
    told = (sorted(said.violated), sorted(said.undecided), said.decision, said.level, {**dict.fromkeys(Verdict, 0), **said.counts})
    return once and told == (violated, undecided, decision, _level(of), counts)


def _level(of: Result) -> int:
    reached = 0
    for step in sorted(of.conclusion.readiness, key=lambda step: step.level):
        items = [clause for clause in of.clauses if clause.stars is not None and clause.stars <= step.level]
        counts = {verdict: sum(c.verdict is verdict for c in items) for verdict in Verdict}
        waived, to_attest = sum(c.waiver is not None for c in items), sum(c.reason.code == "to_attest" for c in items)
        anew = Readiness(
            step.level, counts[Verdict.SATISFIED], counts[Verdict.VIOLATED] - waived, counts[Verdict.NOT_APPLICABLE], waived,
            counts[Verdict.ATTESTED], to_attest, sum(counts[verdict] for verdict in _OPEN) - to_attest,
        )  # fmt: skip
        if not anew.reached:
            break
        reached = step.level
    return reached


def _platform(of: Result, octets: bytes, signer: str, *, trusted: bool) -> Platform:
    sample, said = of.sample, of.conclusion
    return Platform(
        name=sample.name, kind=sample.kind, operator=sample.operator.get("name", ""), uscc=sample.operator.get("uscc", ""),
        version=sample.stated_version, build=sample.stated_build, run=of.run.id, finished=day_in_china(of.run.finished),
        plan=of.basis.plan, edition=of.basis.edition, report=of.kind, laboratory=of.laboratory, sealed=bool(signer), signer=signer,
        trusted=trusted, result_sha256=hashlib.sha256(octets).hexdigest(), decision=said.decision, level=said.level,
        violated=sorted(said.violated), deviations=sorted(said.deviations),
        verdicts={clause.id: clause.verdict for clause in of.clauses},
    )  # fmt: skip


def _issued(folder: Path, bodies: Sequence[Party], heading: Heading, platforms: Sequence[Platform], found: _Gathered) -> Iterator[Issued]:
    """The certificates of a register that holds, of the report's own platforms."""
    opened = _register(folder, bodies, heading.day)
    if isinstance(opened, str):
        found.leave(folder, "register", why=opened)
        return
    there = {one.identity: one for one in platforms}
    for entry in opened["entries"]:
        of = entry["certificate"]
        key = of["holder"]["uscc"], of["scope"]["kind"], of["scope"]["platform"]
        if key in there:
            yield Issued(
                number=entry["number"], platform=key[2], uscc=key[0], kind=key[1], status=entry["status"], level=of["level"],
                valid_until=of["valid_until"], surveillance_by=entry["surveillance_by"], register_of=opened["made"],
                same_result=of["report"]["result_sha256"] == there[key].result_sha256,
            )  # fmt: skip


def _register(folder: Path, bodies: Sequence[Party], day: date) -> Mapping[str, Any] | str:
    """The list of the register that one of the bodies answers for, or the code of the first finding."""
    why = "nobody_trusted"
    for body in bodies:
        done = checking.check_register(folder, body, day)
        if done.holds:
            document, token = (folder / register.LIST).read_bytes(), (folder / register.TOKEN).read_text("ascii").strip()
            return register.opened(document, token, body)
        why = done.findings[0].code
    return why


def _since(path: Path, heading: Heading, platforms: Sequence[Platform], clauses: Sequence[report.ClauseCount]) -> report.Since:
    earlier, sha256 = read(path)
    if (earlier.heading.region, earlier.heading.year) != (heading.region, heading.year - 1):
        raise RegionError(
            f"{path} is the report of {earlier.heading.region} for {earlier.heading.year}; "
            f"name that of {heading.region} for {heading.year - 1}, or leave --previous out."
        )
    return report.since(earlier, sha256, platforms, clauses)


def _named(left_out: Sequence[LeftOut]) -> str:
    return ", ".join(f"{one.file} ({one.code})" for one in left_out) or "none was named"
