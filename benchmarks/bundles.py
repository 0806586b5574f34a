"""What sealing and verifying cost: octets a second and resident memory, beside a floor that only reads and hashes the same files."""

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from tenderproof import result
from tenderproof.evidence import auditor
from tenderproof.evidence.observation import HttpObservation, Key, sha256
from tenderproof.evidence.sink import FileSink
from tenderproof.journal import Journal, Observed
from tenderproof.result import EvidenceFile
from tenderproof.spec.calendar import CHINA

_BODY = 48 * 1024  # octets of an answer, incompressible, so that view and original are of one size
_SMALL_MIB, _LARGE_MIB = 16, 1024
_FLOOR = "import hashlib, sys\nfor name in sys.argv[1:]:\n    with open(name, 'rb') as file: hashlib.file_digest(file, 'sha256')"
_WORKER = "grown-1"
Measure = Callable[[Sequence[str], dict[str, str]], tuple[float, float]]


def figures(folder: Path, measure: Measure, environment: dict[str, str]) -> dict[str, float]:
    """Seal and verify a small and a large bundle; ``measure`` gives a command's seconds and its memory in MiB."""
    key, audited = folder / "seal.pem", folder / "audited"
    subprocess.run(["openssl", "genpkey", "-algorithm", "ed25519", "-out", str(key)], check=True, capture_output=True)  # noqa: S603, S607 - our own
    measure(_command("audit", "--reference", "--only", "EB-27-3", "--out", audited), environment)
    small, large = (_measured(folder, audited, key, mib, measure, environment) for mib in (_SMALL_MIB, _LARGE_MIB))
    return {
        f"seal {_LARGE_MIB} MiB, MB a second": large["octets"] / 1e6 / large["seal"],
        f"verify {_LARGE_MIB} MiB, MB a second": large["octets"] / 1e6 / large["verify"],
        "seal / reading and hashing once": large["seal"] / large["floor"],
        "verify / reading and hashing once": large["verify"] / large["floor"],
        f"memory of seal, {_LARGE_MIB} MiB / {_SMALL_MIB} MiB": large["seal memory"] / small["seal memory"],
        f"memory of verify, {_LARGE_MIB} MiB / {_SMALL_MIB} MiB": large["verify memory"] / small["verify memory"],
    }


def _measured(folder: Path, audited: Path, key: Path, mebibytes: int, measure: Measure, environment: dict[str, str]) -> dict[str, float]:
    run, bundle = folder / str(mebibytes), folder / f"{mebibytes}.zip"
    shutil.copytree(audited, run)
    _grow(run, mebibytes << 20)
    files = [str(path) for path in (run / "evidence").iterdir()]
    floor, _ = measure([sys.executable, "-c", _FLOOR, *files], environment)
    sealing, sealing_memory = measure(_command("seal", run, "--key", key, "--out", bundle), environment)
    verifying, verifying_memory = measure(_command("verify", bundle), environment)
    found = {"octets": float(bundle.stat().st_size), "floor": floor, "seal": sealing, "verify": verifying}
    shutil.rmtree(run)
    bundle.unlink()
    return found | {"seal memory": sealing_memory, "verify memory": verifying_memory}


def _command(*arguments: str | Path) -> list[str]:
    return [str(Path(sys.executable).with_name("tenderproof")), *map(str, arguments)]


def _grow(run: Path, octets: int) -> None:
    """Add a worker whose evidence has so many octets, recorded as any worker records it."""
    began = result.read(run / "result.json").run.started.astimezone(CHINA)
    journal = Journal(run / "journal" / f"{_WORKER}.jsonl", lambda: began)

    def observed(key: Key, kind: str, record: bytes) -> None:
        journal.append(Observed(key.check, key.attempt, key.ordinal, kind, len(record), sha256(record)))

    sink = FileSink(run / "evidence", _WORKER, auditor.load_key(run / "private" / "auditor.pem"), observed)
    number = 0
    while sum(path.stat().st_size for path in (run / "evidence").iterdir()) < octets:
        number += 1
        sink.observe(
            Key("function/bidding::test_x", 1, number),
            HttpObservation("GET", "http://127.0.0.1/x", (), b"", 200, (), os.urandom(_BODY), 0.01, "127.0.0.1:80"),
        )
    sink.close()
    journal.close()
    _tell(run)


def _tell(run: Path) -> None:
    """Let the result say what the evidence is now."""
    found = result.read(run / "result.json")
    evidence = []
    for path in sorted((run / "evidence").iterdir()):
        with path.open("rb") as file:
            evidence.append(
                EvidenceFile(name=path.name, sha256=hashlib.file_digest(file, "sha256").hexdigest(), octets=path.stat().st_size)
            )  # fmt: skip
    result.write(found.model_copy(update={"evidence": evidence}), run / "result.json")
