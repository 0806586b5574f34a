"""Small finished runs to be sealed, made by hand: real evidence and a real journal, and a result that says what they are."""

import hashlib
import json
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tenderproof import audit, content, environment, result, run
from tenderproof.candidate import published
from tenderproof.evidence import auditor
from tenderproof.evidence.observation import ArtefactObservation, HttpObservation, InputObservation, Key, Observation, sha256
from tenderproof.evidence.sink import FileSink
from tenderproof.journal import CheckFinished, CheckStarted, Journal, Observed, RunFinished, RunStarted, read_run
from tenderproof.result import EvidenceFile, Result
from tenderproof.seal import signature
from tenderproof.seal.signature import Sealer
from tenderproof.spec.clauses import load_clauses
from tenderproof.verdict import Circumstances, judge
from tests.reporting import occasions, results

CHECK = "function/bidding::test_a_late_bid_is_refused"
SECRET = "5eal3d-price"
WORKERS = ("gw0-1", "gw1-1")
_ASKED = HttpObservation(
    "GET", "http://127.0.0.1:8000/api/v1/time", (("authorization", "Bearer s"),), b"", 200,
    (("content-type", "application/json"),), b'{"now":"2026-03-02T09:00:00+08:00"}', 0.01, "127.0.0.1:8000",
)  # fmt: skip
_OBSERVED: tuple[Observation, ...] = (
    _ASKED,
    InputObservation("key", b"PRIVATE", secret=True),
    HttpObservation("POST", "http://127.0.0.1:8000/api/v1/x", (), SECRET.encode(), 201, (), b"{}", 0.01, "127.0.0.1:8000"),
    ArtefactObservation("page.png", "image/png", bytes(range(256)) * 400),
    _ASKED,
)


def finished_run(folder: Path) -> Path:
    """A run of one check on two workers, with everything that a bundle is made of."""
    folder.mkdir(parents=True)
    key = auditor.make_key(folder / "private" / "auditor.pem")
    for worker in WORKERS:
        _record(folder, worker, key)
    _declaration(folder / published.FILE)
    (folder / "checks-1.txt").write_text(CHECK)
    environment.write(folder, "00" * 32)
    result.write(_result(folder), folder / "result.json")
    return folder


def _declaration(path: Path) -> None:
    of = results.result([]).sample
    head = {"name": of.name, "kind": of.kind, "base_url": of.base_url, "operator": of.operator}
    path.write_text(json.dumps({"candidate": head, "sandbox": {"enabled": of.sandbox, "clock": of.clock}}), "utf-8")


def _record(folder: Path, worker: str, key: auditor.AuditorKey) -> None:
    journal = Journal(folder / "journal" / f"{worker}.jsonl", occasions.clock())

    def observed(found: Key, kind: str, record: bytes) -> None:
        journal.append(Observed(found.check, found.attempt, found.ordinal, kind, len(record), sha256(record)))

    sink = FileSink(folder / "evidence", worker, key, observed)
    on = occasions.facts(results.result([]))
    journal.append(RunStarted(1, "candidate.toml", "trading-3", occasions.SEED, (CHECK,), "self_test", on.told()))
    journal.append(CheckStarted(CHECK, 1))
    for number, observation in enumerate(_OBSERVED, 1):
        sink.observe(Key(CHECK, 1, number), observation)
    journal.append(CheckFinished(CHECK, 1, ("EB-27-3",), "sandbox", "passed", "", "", "", "", 0.1, len(_OBSERVED)))
    journal.append(RunFinished(1))
    sink.close()
    journal.close()


def _result(folder: Path) -> Result:
    clause = load_clauses(content.specs_dir())["EB-27-3"]
    (seen,) = run.outcomes(read_run(folder / "journal"), [CHECK])
    told = results.check(CHECK, seconds=seen.seconds, observations=seen.observations, **occasions.source(CHECK))
    made = results.result([audit.entry(clause, judge(clause, [seen], Circumstances()))], [told])
    evidence = [
        EvidenceFile(name=path.name, sha256=hashlib.sha256(path.read_bytes()).hexdigest(), octets=path.stat().st_size)
        for path in sorted((folder / "evidence").iterdir())
    ]
    basis = made.basis.model_copy(update={"plan": "trading-3", "edition": content.edition()})
    own = audit.own_clauses(load_clauses(content.specs_dir()))
    run_of = occasions.run(made.sample.name, basis.plan, 4 + len(_OBSERVED))
    return made.model_copy(update={"basis": basis, "evidence": evidence, "run": run_of, "own_clauses": own})


def sealer(folder: Path, name: str = "seal.pem") -> Sealer:
    """Somebody with an Ed25519 key, who may seal."""
    path = folder / name
    if not path.exists():
        key = ed25519.Ed25519PrivateKey.generate()
        path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return signature.load_sealer(path, None)
