"""What judging a data set costs: releases a second on one core with all clauses on, and peak memory for two sizes of file."""

import json
import resource
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from tenderproof import content, inventory
from tenderproof.bench import data_set
from tenderproof.prove import data_sets
from tenderproof.spec.plan import load_plan

RELEASES = 100_000
_COMMAND = str(Path(sys.executable).with_name("tenderproof"))
_OF_EACH = 2  # releases of a process, told apart by half of the file, so that all must be put in order
_WORDS = "resurfacing of the carriageway between the river and the town, drainage and kerbs included. "
Measure = Callable[[Sequence[str], dict[str, str]], tuple[float, float]]


def figures(folder: Path, measure: Measure, environment: dict[str, str], count: int = RELEASES) -> dict[str, float]:
    """Audits of JSON lines and of a package, in processes of their own; ``measure`` gives a command's seconds and its memory in MiB."""
    found: dict[str, float] = {}
    folder.mkdir(parents=True, exist_ok=True)
    tenth = count // 10
    small, _ = _judged(folder / "small.jsonl", tenth, measure, environment)
    for name, form in (("lines", "jsonl"), ("package", "json")):
        large, octets = _judged(folder / f"large.{form}", count, measure, environment)
        found |= {
            f"records ({name}), releases a second": count / large["seconds"],
            f"records ({name}), memory, MiB": large["memory"],
        }
        found["records, octets a release"] = octets / count
        if form == "jsonl":
            found[f"memory of {count} releases / {tenth}"] = large["memory"] / small["memory"]
            found["records, findings"] = large["findings"]
    return found | _commanded(folder, measure, environment, count)


def _commanded(folder: Path, measure: Measure, environment: dict[str, str], count: int) -> dict[str, float]:
    """The whole command, from its start to its reports, by the wall: releases a second, and its memory beside that for a tenth of them."""
    memory, seconds = list[float](), 0.0
    for number in (count // 10, count):
        file, out = folder / f"{number}.jsonl", folder / f"audited-{number}"
        write(file, number)
        seconds, peak = measure([_COMMAND, "audit", "--records", str(file), "--plan", "records-cn", "--out", str(out)], environment)
        file.unlink()
        if not (out / "result.json").is_file():
            raise SystemExit(f"tenderproof audit --records left no result in {out}")
        memory.append(peak)
    return {
        "audit --records, releases a second by the wall": count / seconds, "audit --records, memory, MiB": memory[1],
        f"audit --records, memory of {count} releases / {count // 10}": memory[1] / memory[0],
    }  # fmt: skip


def _judged(file: Path, count: int, measure: Measure, environment: dict[str, str]) -> tuple[dict[str, float], int]:
    octets = write(file, count)
    out = file.with_suffix(".json.out")
    command = [sys.executable, "-m", "benchmarks.records", str(file), str(out)]
    _, memory = measure(command, environment)
    file.unlink()
    return {**json.loads(out.read_text("utf-8")), "memory": memory}, octets


def write(file: Path, count: int) -> int:
    """A file of so many releases, a line each or in a package by its name; its size in octets."""
    package = file.suffix == ".json"
    with file.open("w", encoding="utf-8") as text:
        text.write('{"uri": "urn:x", "version": "1.1", "releases": [\n' if package else "")
        for number, release in enumerate(releases(count)):
            text.write(",\n" if package and number else "")
            text.write(json.dumps(release) + ("" if package else "\n"))
        text.write("\n]}\n" if package else "")
    return file.stat().st_size


def releases(count: int) -> Iterator[dict[str, Any]]:
    """Releases of 2 kB and more: the notices of all processes, then their awards and contracts; one in a thousand breaks a rule."""
    processes = count // _OF_EACH
    for number in range(processes):
        yield _head(number, "1", "2026-01-05T00:00:00Z") | {"tender": _tender(number)}
    for number in range(processes):
        yield _head(number, "2", "2026-03-20T00:00:00Z") | {"awards": [_award(number)], "contracts": [_contract(number)]}


def _head(number: int, ident: str, date: str) -> dict[str, Any]:
    codes = ("91350100M000100Y43", "91410100Y7L1W53BXC", "91410100MA3X000109")
    parties = [
        {"id": f"p{place}", "name": f"Organisation {number}-{place}", "roles": ["tenderer"],
         "identifier": {"scheme": "CN-USCC", "id": code},
         "address": {"streetAddress": _WORDS[:40], "locality": "Somewhere", "countryName": "Nowhere"}}
        for place, code in enumerate(codes)
    ]  # fmt: skip
    head = {"ocid": f"ocds-000000-{number:08}", "id": ident, "date": date, "tag": ["tender"], "initiationType": "tender", "language": "en"}
    return head | {"parties": parties, "buyer": {"id": "p0", "name": f"Organisation {number}-0"}}


def _tender(number: int) -> dict[str, Any]:
    ends = "2026-01-20T00:00:00Z" if number % 1000 == 0 else "2026-03-02T00:00:00Z"
    return {
        "id": "t", "title": _WORDS[:60], "description": _WORDS * 4, "procurementMethod": "open", "numberOfTenderers": 3,
        "x_compulsory": True,
        "value": {"amount": 120000.55, "currency": "CNY"},
        "tenderPeriod": {"startDate": "2026-01-05T00:00:00Z", "endDate": ends},
        "enquiryPeriod": {"endDate": "2026-01-10T00:00:00Z"}, "bidOpening": {"date": ends},
        "documents": [{"id": "d", "documentType": "biddingDocuments", "datePublished": "2026-01-05T00:00:00Z"}],
        "items": [{"id": str(one), "description": _WORDS, "quantity": one + 1, "unit": {"name": "m"}} for one in range(4)],
    }  # fmt: skip


def _award(number: int) -> dict[str, Any]:
    return {
        "id": "a", "status": "active", "date": "2026-03-05T00:00:00Z", "title": _WORDS * 5,
        "value": {"amount": 99999.99, "currency": "CNY"},
        "suppliers": [{"id": "p1", "name": f"Organisation {number}-1"}],
    }  # fmt: skip


def _contract(number: int) -> dict[str, Any]:
    amount = 99999.98 if number % 1000 == 1 else 99999.99
    return {
        "id": "c", "awardID": "a", "status": "active", "title": _WORDS * 5, "dateSigned": "2026-03-20T00:00:00Z",
        "value": {"amount": amount, "currency": "CNY"}, "items": [{"id": str(one), "description": _WORDS} for one in range(3)],
    }  # fmt: skip


def main(file: Path, out: Path) -> None:
    """Judge a file by every rule of both plans, in one pass each, and write what it took; the seconds are those of the processor."""
    seconds, findings = 0.0, 0
    for plan in ("records-cn", "records-example"):
        folder = out.parent / f"{out.name}-{plan}"
        folder.mkdir()
        records = data_set([file], None, load_plan(plan, content.specs_dir()), folder)
        data_sets.bind(records, plan, inventory.record_checks(content.suites_dir()))
        began, of_processor = time.perf_counter(), time.process_time()
        tallies = records.judge()
        took = time.perf_counter() - began
        seconds = max(seconds, time.process_time() - of_processor)
        findings += sum(tally.broken for tally in tallies.values())
        sys.stdout.write(f"{plan}: {len(tallies)} rules, {took:.1f} s, {time.process_time() - of_processor:.1f} s of processor\n")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    out.write_text(json.dumps({"seconds": seconds, "findings": findings, "peak": peak}), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
