"""The commands and their options; each command's work stands in a module of its own, imported when it is called."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer
import typer.exceptions

import tenderproof
from tenderproof import wording
from tenderproof.cli.ending import Exit, sentences

_PLAN = "trading-3"
_HELP = wording.catalogue("cli", wording.spoken())["help"]

app = typer.Typer(help=_HELP["app"], no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None)
reference = typer.Typer(help=_HELP["reference"], no_args_is_help=True)
app.add_typer(reference, name="reference")
certificates = typer.Typer(help=_HELP["certificate"], no_args_is_help=True)
app.add_typer(certificates, name="certificate")
points = typer.Typer(help=_HELP["vantage"], no_args_is_help=True)
app.add_typer(points, name="vantage")
drivers = typer.Typer(help=_HELP["driver"], no_args_is_help=True)
app.add_typer(drivers, name="driver")

Json = Annotated[bool, typer.Option("--json", help=_HELP["json"])]
PlanName = Annotated[str, typer.Option("--plan", help=_HELP["plan"])]
Declaration = Annotated[Path, typer.Argument(help=_HELP["candidate"])]
KnownSigners = Annotated[Optional[Path], typer.Option("--known-signers", help=_HELP["known_signers"])]
SigningKey = Annotated[Path, typer.Option("--key", help=_HELP["signing_key"])]
Expires = Annotated[Optional[str], typer.Option(help=_HELP["expires"])]
Folder = Annotated[Path, typer.Argument(help=_HELP["folder"])]
SignKey = Annotated[Optional[Path], typer.Option("--sign-key", help=_HELP["sign_key"])]
SignCert = Annotated[Optional[Path], typer.Option("--sign-cert", help=_HELP["sign_cert"])]
Timestamp = Annotated[str, typer.Option("--timestamp", help=_HELP["seal_timestamp"])]
OfficialSealFile = Annotated[Optional[Path], typer.Option("--official-seal", help=_HELP["official_seal"])]
BodyKey = Annotated[Path, typer.Option("--key", help=_HELP["body_key"])]
Day = Annotated[str, typer.Option("--day", help=_HELP["day"])]
DecidedBy = Annotated[str, typer.Option("--decided-by", help=_HELP["decided_by"])]
Bundle = Annotated[Path, typer.Argument(help=_HELP["bundle"])]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(tenderproof.__version__)
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[bool, typer.Option("--version", help=_HELP["version"], callback=_version, is_eager=True)] = False,
) -> None:
    """Options before any command."""


@app.command(help=_HELP["init"])
def init(
    file: Declaration = Path("candidate.toml"),
    force: Annotated[bool, typer.Option("--force", help=_HELP["force"])] = False,
    json: Json = False,
) -> None:
    from tenderproof.cli import init as command

    command.run(file, force=force, as_json=json)


@app.command(help=_HELP["doctor"])
def doctor(candidate: Declaration, json: Json = False) -> None:
    from tenderproof.cli import doctor as command

    command.run(candidate, as_json=json)


@drivers.command("check", help=_HELP["driver_check"])
def driver_check(
    target: Annotated[str, typer.Argument(help=_HELP["driver_target"])],
    plan: PlanName = "trading-3",
    connect: Annotated[bool, typer.Option("--connect", help=_HELP["driver_connect"])] = False,
    json: Json = False,
) -> None:
    from tenderproof.cli import driver as command

    command.check(target, plan, connect=connect, as_json=json)


@app.command(help=_HELP["audit"])
def audit(
    candidate: Annotated[Optional[Path], typer.Argument(help=_HELP["candidate"])] = None,
    plan: Annotated[Optional[str], typer.Option("--plan", help=_HELP["plan"])] = None,
    records: Annotated[Optional[list[Path]], typer.Option("--records", help=_HELP["records"])] = None,
    mapping: Annotated[Optional[Path], typer.Option("--mapping", help=_HELP["mapping"])] = None,
    embedded: Annotated[bool, typer.Option("--reference", help=_HELP["reference_flag"])] = False,
    out: Annotated[Optional[Path], typer.Option("--out", help=_HELP["out"])] = None,
    replace: Annotated[bool, typer.Option("--replace", help=_HELP["replace"])] = False,
    resume: Annotated[Optional[Path], typer.Option("--resume", help=_HELP["resume"])] = None,
    seed: Annotated[str, typer.Option(help=_HELP["seed"])] = "tenderproof",
    workers: Annotated[int, typer.Option(min=1, max=16, help=_HELP["workers"])] = 4,
    dose: Annotated[str, typer.Option("--dose", help=_HELP["dose"])] = "",
    at_most: Annotated[Optional[float], typer.Option("--at-most", min=0, metavar="<minutes>", help=_HELP["at_most"])] = None,
    area: Annotated[Optional[list[str]], typer.Option(help=_HELP["area"])] = None,
    only: Annotated[Optional[list[str]], typer.Option(help=_HELP["only"])] = None,
    expect: Annotated[Optional[Path], typer.Option(help=_HELP["expect"])] = None,
    accept: Annotated[bool, typer.Option("--accept", help=_HELP["accept"])] = False,
    auditor_key: Annotated[Optional[Path], typer.Option(help=_HELP["auditor_key"])] = None,
    no_recording: Annotated[bool, typer.Option("--no-recording", help=_HELP["no_recording"])] = False,
    prepared_by: Annotated[Optional[str], typer.Option(help=_HELP["prepared_by"])] = None,
    reviewed_by: Annotated[Optional[str], typer.Option(help=_HELP["reviewed_by"])] = None,
    approved_by: Annotated[Optional[str], typer.Option(help=_HELP["approved_by"])] = None,
    known_signers: KnownSigners = None,
    vantages: Annotated[Optional[Path], typer.Option(help=_HELP["vantages"])] = None,
    resolver: Annotated[Optional[list[str]], typer.Option(help=_HELP["resolver"])] = None,
    signatories: Annotated[Optional[Path], typer.Option(help=_HELP["signatories"])] = None,
    kind: Annotated[str, typer.Option("--kind", help=_HELP["report_kind"])] = "self_test",
    laboratory: Annotated[str, typer.Option("--laboratory", help=_HELP["laboratory"])] = "",
    baseline: Annotated[Optional[Path], typer.Option("--baseline", help=_HELP["certified_run"])] = None,
    certificate: Annotated[Optional[Path], typer.Option("--certificate", help=_HELP["certified_with"])] = None,
    certified_by: Annotated[Optional[Path], typer.Option("--certified-by", help=_HELP["body_trust"])] = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import audit as command
    from tenderproof.cli import audit_records

    if records or mapping:
        others = {
            "a declaration": candidate, "--reference": embedded, "--resume": resume, "--expect": expect, "--accept": accept,
            "--auditor-key": auditor_key, "--no-recording": no_recording, "--known-signers": known_signers, "--signatories": signatories,
            "--vantages": vantages, "--resolver": resolver,
            "--kind": kind != "self_test", "--laboratory": laboratory, "--baseline": baseline, "--certificate": certificate,
            "--certified-by": certified_by, "--dose": dose, "--at-most": at_most is not None,
            "--prepared-by": prepared_by, "--reviewed-by": reviewed_by, "--approved-by": approved_by,
        }  # fmt: skip
        audit_records.run_command(
            audit_records.Wanted(
                tuple(records or ()), mapping, plan or audit_records.DEFAULT_PLAN, out, tuple(area or ()), tuple(only or ()),
                tuple(name for name, given in others.items() if given), as_json=json,
            )
        )  # fmt: skip
    command.run_command(
        command.Wanted(
            candidate, plan or _PLAN, out, resume, seed, workers, tuple(area or ()), tuple(only or ()), expect, auditor_key,
            known_signers, vantages, tuple(resolver or ()), signatories,
            {"prepared": prepared_by, "reviewed": reviewed_by, "approved": approved_by},
            kind, laboratory, baseline, certificate, certified_by,
            dose=dose, at_most=at_most, embedded=embedded, accept=accept, replace=replace, recording=not no_recording, as_json=json,
        )
    )  # fmt: skip


@app.command(help=_HELP["report"])
def report(
    folder: Folder,
    form: Annotated[str, typer.Option("--format", help=_HELP["format"])] = "html",
    out: Annotated[Optional[Path], typer.Option("--out", help=_HELP["report_out"])] = None,
    lang: Annotated[str, typer.Option("--lang", help=_HELP["lang"])] = "",
    sign_key: SignKey = None,
    sign_cert: SignCert = None,
    timestamp: Timestamp = "",
    official_seal: OfficialSealFile = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import report as command
    from tenderproof.cli import signing

    command.run(folder, form, out, signing.of(sign_key, sign_cert, timestamp, official_seal), lang=lang, as_json=json)


@app.command(help=_HELP["explain"])
def explain(folder: Folder, clause: Annotated[str, typer.Argument(help=_HELP["clause"])] = "", json: Json = False) -> None:
    from tenderproof.cli import explain as command

    command.run(folder, clause, as_json=json)


@app.command(help=_HELP["seal"])
def seal(
    folder: Folder,
    key: Annotated[Path, typer.Option("--key", help=_HELP["seal_key"])],
    cert: Annotated[Optional[Path], typer.Option("--cert", help=_HELP["seal_cert"])] = None,
    timestamp: Annotated[str, typer.Option("--timestamp", help=_HELP["seal_timestamp"])] = "",
    out: Annotated[Optional[Path], typer.Option("--out", help=_HELP["seal_out"])] = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import seal as command

    command.run(folder, key, cert, timestamp, out, as_json=json)


@app.command(help=_HELP["verify"])
def verify(
    bundle: Bundle,
    trust: Annotated[Optional[list[Path]], typer.Option("--trust", help=_HELP["trust"])] = None,
    trust_time: Annotated[Optional[list[Path]], typer.Option("--trust-time", help=_HELP["trust_time"])] = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import verify as command

    command.run(bundle, tuple(trust or ()), tuple(trust_time or ()), as_json=json)


@app.command(help=_HELP["replay"])
def replay(
    bundle: Bundle,
    auditor_key: Annotated[Optional[Path], typer.Option("--auditor-key", help=_HELP["replay_key"])] = None,
    verbose: Annotated[bool, typer.Option("--verbose", help=_HELP["verbose"])] = False,
    json: Json = False,
) -> None:
    from tenderproof.cli import replay as command

    command.run(bundle, auditor_key, verbose=verbose, as_json=json)


@app.command(help=_HELP["withhold"])
def withhold(
    bundle: Bundle,
    record: Annotated[list[str], typer.Option("--record", help=_HELP["record"])],
    out: Annotated[Path, typer.Option("--out", help=_HELP["withhold_out"])],
    json: Json = False,
) -> None:
    from tenderproof.cli import withhold as command

    command.run(bundle, tuple(record), out, as_json=json)


@app.command(help=_HELP["compare"])
def compare(
    earlier: Annotated[Path, typer.Argument(help=_HELP["earlier"])],
    later: Annotated[Path, typer.Argument(help=_HELP["later"])],
    json: Json = False,
) -> None:
    from tenderproof.cli import compare as command

    command.run(earlier, later, as_json=json)


@app.command(help=_HELP["gate"])
def gate(
    folder: Folder,
    baseline: Annotated[Path, typer.Option("--baseline", help=_HELP["baseline"])] = Path("baseline.toml"),
    write: Annotated[bool, typer.Option("--write", help=_HELP["write"])] = False,
    json: Json = False,
) -> None:
    from tenderproof.cli import gate as command

    command.run(folder, baseline, write=write, as_json=json)


@app.command(help=_HELP["certify"])
def certify(
    bundle: Bundle,
    number: Annotated[str, typer.Option("--number", help=_HELP["number"])],
    level: Annotated[int, typer.Option("--level", help=_HELP["level"])],
    body: Annotated[str, typer.Option("--body", help=_HELP["body"])],
    decided_by: DecidedBy,
    trust: Annotated[list[Path], typer.Option("--trust", help=_HELP["laboratory_trust"])],
    key: BodyKey,
    cert: Annotated[Path, typer.Option("--cert", help=_HELP["body_cert"])],
    accept_figure: Annotated[Optional[list[str]], typer.Option("--accept-figure", help=_HELP["accept_figure"])] = None,
    folder: Annotated[Path, typer.Option("--out", help=_HELP["certificates"])] = Path("certificates"),
    register_url: Annotated[str, typer.Option("--register-url", help=_HELP["register_url"])] = "",
    timestamp: Timestamp = "",
    official_seal: OfficialSealFile = None,
    day: Day = "",
    known_signers: KnownSigners = None,
    renews: Annotated[str, typer.Option("--renews", help=_HELP["renews"])] = "",
    json: Json = False,
) -> None:
    from tenderproof.cli import certify as command

    wanted = command.Wanted(
        bundle, number, level, body, decided_by, day, trust, accept_figure or (), key, cert, folder, register_url, timestamp, official_seal,
        known_signers, renews,
    )  # fmt: skip
    command.run(wanted, as_json=json)


@certificates.command("verify", help=_HELP["certificate_verify"])
def certificate_verify(
    file: Annotated[Path, typer.Argument(help=_HELP["certificate_file"])],
    trust: Annotated[Path, typer.Option("--trust", help=_HELP["body_trust"])],
    register: Annotated[Optional[Path], typer.Option("--register", help=_HELP["register_folder"])] = None,
    day: Day = "",
    json: Json = False,
) -> None:
    from tenderproof.cli import certificate as command

    command.verify(file, trust, register, day, as_json=json)


@certificates.command("change", help=_HELP["certificate_change"])
def certificate_change(
    folder: Annotated[Path, typer.Argument(help=_HELP["certificates"])],
    number: Annotated[str, typer.Argument(help=_HELP["number"])],
    status: Annotated[str, typer.Option("--status", help=_HELP["status"])],
    ground: Annotated[str, typer.Option("--ground", help=_HELP["ground"])],
    decided_by: DecidedBy,
    key: BodyKey,
    cert: Annotated[Optional[Path], typer.Option("--cert", help=_HELP["body_cert"])] = None,
    day: Day = "",
    report: Annotated[Optional[Path], typer.Option("--report", help=_HELP["surveillance_report"])] = None,
    certified: Annotated[Optional[Path], typer.Option("--certified", help=_HELP["certified_bundle"])] = None,
    trust: Annotated[Optional[list[Path]], typer.Option("--trust", help=_HELP["laboratory_trust"])] = None,
    accept_figure: Annotated[Optional[list[str]], typer.Option("--accept-figure", help=_HELP["accept_figure"])] = None,
    known_signers: KnownSigners = None,
    reported: Annotated[Optional[Path], typer.Option("--reported", help=_HELP["reported"])] = None,
    reported_on: Annotated[str, typer.Option("--reported-on", help=_HELP["reported_on"])] = "",
    new_version: Annotated[str, typer.Option("--new-version", help=_HELP["new_version"])] = "",
    new_build: Annotated[str, typer.Option("--new-build", help=_HELP["new_build"])] = "",
    json: Json = False,
) -> None:
    from tenderproof.cli import certificate as command

    seen = command.Report(report, certified, trust or (), accept_figure or (), known_signers)
    holder = command.Holder(reported, reported_on, new_version, new_build)
    command.change(command.Change(folder, number, status, ground, decided_by, day, key, cert, seen, holder), as_json=json)


@app.command(help=_HELP["register"])
def register(
    folder: Annotated[Path, typer.Argument(help=_HELP["certificates"])],
    out: Annotated[Path, typer.Option("--out", help=_HELP["register_site"])],
    key: BodyKey,
    cert: Annotated[Optional[Path], typer.Option("--cert", help=_HELP["body_cert"])] = None,
    days: Annotated[int, typer.Option("--days", min=1, max=366, help=_HELP["days"])] = 30,
    day: Day = "",
    json: Json = False,
) -> None:
    from tenderproof.cli import register as command

    command.run(folder, out, key, cert, day, days, as_json=json)


@app.command(help=_HELP["region"])
def region(
    results: Annotated[list[Path], typer.Argument(help=_HELP["region_results"])],
    name: Annotated[str, typer.Option("--region", help=_HELP["region_name"])] = "",
    unit: Annotated[str, typer.Option("--unit", help=_HELP["region_unit"])] = "",
    next_year: Annotated[Optional[Path], typer.Option("--next-year", help=_HELP["region_next_year"])] = None,
    year: Annotated[Optional[int], typer.Option("--year", min=2000, max=9998, help=_HELP["region_year"])] = None,
    day: Day = "",
    trust: Annotated[Optional[list[Path]], typer.Option("--trust", help=_HELP["region_trust"])] = None,
    registers: Annotated[Optional[list[Path]], typer.Option("--register", help=_HELP["region_register"])] = None,
    bodies: Annotated[Optional[list[Path]], typer.Option("--body", help=_HELP["region_body"])] = None,
    previous: Annotated[Optional[Path], typer.Option("--previous", help=_HELP["region_previous"])] = None,
    out: Annotated[Optional[Path], typer.Option("--out", help=_HELP["region_out"])] = None,
    check: Annotated[Optional[Path], typer.Option("--check", help=_HELP["region_check"])] = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import region as command

    command.run(
        command.Wanted(
            tuple(results), tuple(trust or ()), tuple(registers or ()), tuple(bodies or ()), previous, name, unit, year, day, next_year,
            out, check,
        ),
        as_json=json,
    )  # fmt: skip


@app.command(help=_HELP["clauses"])
def clauses(plan: PlanName = "trading-3", json: Json = False) -> None:
    from tenderproof.cli import clauses as command

    command.run(plan, as_json=json)


@app.command(help=_HELP["attest"])
def attest(
    candidate: Declaration,
    key: SigningKey,
    plan: PlanName = "trading-3",
    source: Annotated[Optional[Path], typer.Option("--from", help=_HELP["statements"])] = None,
    expires: Expires = None,
    known_signers: KnownSigners = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import attest as command

    command.run(command.Wanted(candidate, plan, key, source, expires, known_signers, as_json=json))


@app.command(help=_HELP["waive"])
def waive(
    candidate: Declaration,
    key: SigningKey,
    plan: PlanName = "trading-3",
    clause: Annotated[str, typer.Option(help=_HELP["waived_clause"])] = "",
    reason: Annotated[str, typer.Option(help=_HELP["reason"])] = "",
    approver: Annotated[str, typer.Option(help=_HELP["approver"])] = "",
    expires: Expires = None,
    approve: Annotated[Optional[Path], typer.Option(help=_HELP["approve"])] = None,
    known_signers: KnownSigners = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import waive as command

    command.run(command.Wanted(candidate, plan, key, clause, reason, approver, expires, approve, known_signers, as_json=json))


@app.command(help=_HELP["dossier"])
def dossier(
    candidate: Declaration,
    plan: PlanName = "trading-3",
    run: Annotated[Optional[Path], typer.Option(help=_HELP["folder"])] = None,
    known_signers: KnownSigners = None,
    json: Json = False,
) -> None:
    from tenderproof.cli import dossier as command

    command.run(candidate, plan, run, known_signers, as_json=json)


@app.command(help=_HELP["prove"])
def prove(
    mutant: Annotated[Optional[list[str]], typer.Option(help=_HELP["mutant"])] = None,
    full: Annotated[bool, typer.Option("--full", help=_HELP["full"])] = False,
    foreign: Annotated[bool, typer.Option("--foreign", help=_HELP["foreign"])] = False,
    workers: Annotated[int, typer.Option(min=1, max=16, help=_HELP["side_by_side"])] = 3,
    json: Json = False,
) -> None:
    from tenderproof.cli import prove as command

    command.run(tuple(mutant or ()), full=full, abroad=foreign, workers=workers, as_json=json)


@reference.command("up", help=_HELP["reference_up"])
def reference_up(
    state: Annotated[Path, typer.Option(help=_HELP["state"])] = Path("reference-state"),
    port: Annotated[int, typer.Option(min=0, max=65535, help=_HELP["port"])] = 0,
    database: Annotated[str, typer.Option(help=_HELP["database"])] = "",
    foreign: Annotated[bool, typer.Option("--foreign", help=_HELP["reference_foreign"])] = False,
    json: Json = False,
) -> None:
    from tenderproof.cli import reference as command

    command.run(state, port, database, foreign=foreign, as_json=json)


@points.command("serve", help=_HELP["vantage_serve"])
def vantage_serve(file: Annotated[Path, typer.Argument(help=_HELP["vantage_file"])], json: Json = False) -> None:
    from tenderproof.cli import vantage as command

    command.serve(file, as_json=json)


@points.command("measure", help=_HELP["vantage_measure"])
def vantage_measure(
    file: Annotated[Path, typer.Argument(help=_HELP["vantages"])],
    target: Annotated[list[str], typer.Option(help=_HELP["vantage_target"])],
    claimed: Annotated[Optional[list[str]], typer.Option(help=_HELP["claimed"])] = None,
    area: Annotated[Optional[list[str]], typer.Option(help=_HELP["apart"])] = None,
    samples: Annotated[int, typer.Option(min=1, max=50, help=_HELP["samples"])] = 20,
    json: Json = False,
) -> None:
    from tenderproof.cli import vantage as command

    command.measure(command.Wanted(file, target, claimed or (), area or (), samples), as_json=json)


def main() -> None:
    """Run the command; wrong use ends with 64, a fault of ours with 70 and its traceback, an interruption with 130."""
    try:
        with sentences():
            code = app(standalone_mode=False)
    except typer.Exit as ended:
        code = ended.exit_code
    except typer.Abort:
        code = Exit.INTERRUPTED
    except KeyboardInterrupt:
        code = Exit.INTERRUPTED
    except typer.exceptions.TyperException as error:
        said = error.format_message() if isinstance(error, typer.BadParameter) else str(error)
        print(f"tenderproof: {said}", file=sys.stderr)
        code = Exit.WRONG_USE
    except Exception as error:  # noqa: BLE001 - whatever it is, it is ours, and the exit code must say so
        sys.excepthook(type(error), error, error.__traceback__)
        code = Exit.BUG
    sys.exit(code or 0)
