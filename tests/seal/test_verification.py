"""Each way to tamper with a bundle is detected and named; what was not touched holds."""

import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric import ec, ed25519

from tenderproof.seal import sealing, signature, verification
from tenderproof.seal.sealing import MANIFEST, SIGNER, STATEMENT, TIMESTAMP, list_of
from tenderproof.seal.signature import Party, Sealer
from tenderproof.seal.verification import BundleError, Verification

from . import authority, bundles
from .bundles import Contents

WARC, ORIGINALS, EVENTS = "evidence/main-1.warc.gz", "evidence/main-1.sealed", "journal/main-1.jsonl"


@pytest.fixture(scope="module")
def sealer(tmp_path_factory: pytest.TempPathFactory) -> Sealer:
    return bundles.sealer(tmp_path_factory.mktemp("sealer"))


@pytest.fixture
def bundle(tmp_path: Path, sealer: Sealer) -> Path:
    return bundles.sealed(tmp_path, sealer)


def trusted(sealer: Sealer) -> list[Party]:
    return [signature.party(sealer.pem, "")]


def codes(done: Verification) -> set[str]:
    return {finding.code for finding in done.findings}


def named(files: Contents, name: str) -> str:
    """A file by its name, whatever the worker was called."""
    return next(
        path for path in files if path.startswith(name.split("/", maxsplit=1)[0] + "/") and path.endswith(name.rpartition("main-1")[2])
    )


def flipped(octets: bytes, at: int) -> bytes:
    return octets[:at] + bytes([octets[at] ^ 1]) + octets[at + 1 :]


def flip(name: str, at: int) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        path = named(files, name) if "main-1" in name else name
        files[path] = flipped(files[path], at)

    return change


def drop(name: str) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        del files[named(files, name) if "main-1" in name else name]

    return change


def add(name: str, octets: bytes = b"more") -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        files[name] = octets

    return change


def lengthen(name: str) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        path = named(files, name) if "main-1" in name else name
        files[path] += b"\n"

    return change


def shorten(name: str) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        path = named(files, name) if "main-1" in name else name
        files[path] = files[path][:-1]

    return change


def exchange(one: str, other: str) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        files[one], files[other] = files[other], files[one]

    return change


def both(one: Callable[[Contents], None], other: Callable[[Contents], None]) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        one(files)
        other(files)

    return change


def lines(name: str, change: Callable[[list[bytes]], object]) -> Callable[[Contents], None]:
    def spoil(files: Contents) -> None:
        path = named(files, name) if "main-1" in name else name
        kept = files[path].splitlines(keepends=True)
        change(kept)
        files[path] = b"".join(kept)

    return spoil


def listed_lines(name: str, change: Callable[[list[bytes]], object]) -> Callable[[Contents], None]:
    def spoil(files: Contents) -> None:
        path = list_of(named(files, name) if "main-1" in name else name)
        kept = files[path].splitlines(keepends=True)
        change(kept)
        files[path] = b"".join(kept)

    return spoil


def verdict_turned(files: Contents) -> None:
    files["result.json"] = files["result.json"].replace(b'"not_tested"', b'"satisfied"', 1)


def moved_time(files: Contents) -> None:
    found = json.loads(files["result.json"])
    found["run"]["finished"] = "2020-01-01T00:00:00+08:00"
    files["result.json"] = json.dumps(found).encode()


def manifest_entry(**changes: object) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        content = json.loads(files[MANIFEST])
        content["files"][-1].update(changes)
        files[MANIFEST] = rfc8785.dumps(content)

    return change


def manifest_without(path: str) -> Callable[[Contents], None]:
    def change(files: Contents) -> None:
        content = json.loads(files[MANIFEST])
        content["files"] = [entry for entry in content["files"] if entry["path"] != path]
        files[MANIFEST] = rfc8785.dumps(content)

    return change


def withheld(name: str) -> Callable[[Contents], None]:
    """Its first leaf is said to be withheld, and its content is taken out."""

    def change(files: Contents) -> None:
        listed = list_of(name)
        first, *rest = files[listed].splitlines(keepends=True)
        length, _, hashed = first.split(b" ")
        files[listed] = b"".join([b"withheld " + hashed, *rest])
        files[name] = files[name][int(length) :]

    return change


def own_key(files: Contents) -> None:
    """The signer's key is another's; the signature stays."""
    files[SIGNER] = bundles.public_pem(ed25519.Ed25519PrivateKey.generate())


def envelope(change: Callable[[dict[str, object]], None]) -> Callable[[Contents], None]:
    def spoil(files: Contents) -> None:
        content = json.loads(files[STATEMENT])
        change(content)
        files[STATEMENT] = rfc8785.dumps(content)

    return spoil


SWAPPED = ("environment.json", "declaration.json")
TRIALS: dict[str, tuple[Callable[[Contents], None], str]] = {
    "a flipped bit in a record": (flip(WARC, 40), "changed_observation"),
    "a flipped bit in an original": (flip(ORIGINALS, -9), "changed_frame"),
    "a flipped bit in the journal": (flip(EVENTS, 100), "changed_line"),
    "a flipped bit in the result": (flip("result.json", 5), "changed_block"),
    "a flipped bit in the plan": (flip("specs/plans/trading-1.yaml", 3), "changed_block"),
    "a flipped bit in the clauses": (flip("specs/clauses.json", 300), "changed_block"),
    "a flipped bit in the environment": (flip("environment.json", 30), "changed_block"),
    "a flipped bit in the declaration": (flip("declaration.json", 30), "changed_block"),
    "a flipped bit in the manifest": (flip(MANIFEST, 30), "manifest_form"),
    "a flipped bit in the envelope": (flip(STATEMENT, 30), "signature_wrong"),
    "a flipped bit in a list of leaves": (flip(list_of("result.json"), 0), "changed_block"),
    "a verdict turned": (verdict_turned, "changed_block"),
    "a moved time": (moved_time, "changed_block"),
    "a dropped archive of records": (drop(WARC), "missing"),
    "dropped originals": (drop(ORIGINALS), "missing"),
    "a dropped journal": (drop(EVENTS), "missing"),
    "a dropped result": (drop("result.json"), "missing"),
    "a dropped list": (drop(list_of("result.json")), "missing"),
    "a dropped manifest": (drop(MANIFEST), "missing"),
    "a dropped envelope": (drop(STATEMENT), "missing"),
    "a dropped signer": (drop(SIGNER), "missing"),
    "a file added": (add("evidence/more.warc.gz"), "unlisted"),
    "a list added": (add(list_of("evidence/more.warc.gz")), "unlisted"),
    "a time stamp that is none": (add(TIMESTAMP), "timestamp_form"),
    "swapped files": (exchange(*SWAPPED), "changed_block"),
    "swapped files with their lists": (
        both(exchange(*SWAPPED), exchange(list_of(SWAPPED[0]), list_of(SWAPPED[1]))), "list_other",
    ),
    "an event dropped": (lines(EVENTS, lambda kept: kept.pop(3)), "changed_line"),
    "an event twice": (lines(EVENTS, lambda kept: kept.insert(3, kept[3])), "changed_line"),
    "events in another order": (lines(EVENTS, lambda kept: kept.reverse()), "changed_line"),
    "an event added at the end": (lengthen(EVENTS), "surplus"),
    "an event cut at the end": (shorten(EVENTS), "changed_line"),
    "the result cut": (shorten("result.json"), "changed_block"),
    "the result lengthened": (lengthen("result.json"), "surplus"),
    "a leaf dropped from a list": (listed_lines(WARC, lambda kept: kept.pop()), "list_other"),
    "leaves in another order": (listed_lines(EVENTS, lambda kept: kept.reverse()), "list_other"),
    "a leaf that is none": (listed_lines(EVENTS, lambda kept: kept.append(b"x\n")), "list_line"),
    "the result withheld": (withheld("result.json"), "withheld_forbidden"),
    "another digest in the manifest": (manifest_entry(sha256="0" * 64), "manifest_form"),
    "another root in the manifest": (manifest_entry(root="0" * 64), "manifest_form"),
    "a file forgotten by the manifest": (manifest_without("environment.json"), "manifest_form"),
    "another signer's key": (own_key, "changed_block"),
    "a signer that is no key": (add(SIGNER, b"-----BEGIN PUBLIC KEY-----"), "signer_form"),
    "a stripped signature": (envelope(lambda content: content.update(signatures=[])), "signature_missing"),
    "another payload": (envelope(lambda content: content.update(payload="e30=")), "signature_wrong"),
    "another payload type": (envelope(lambda content: content.update(payloadType="text/plain")), "payload_type"),
    "a downgraded algorithm": (envelope(lambda content: content.update(alg="HS256")), "envelope_form"),
}  # fmt: skip


def test_a_bundle_holds_as_it_was_sealed_and_its_signer_is_believed_when_named(bundle: Path, sealer: Sealer) -> None:
    done = verification.verify(bundle, trusted(sealer))

    assert (done.findings, done.withheld, done.trusted) == ([], [], True)
    assert done.signer == signature.party(sealer.pem, "").keyid
    assert verification.verify(bundle).trusted is None


@pytest.mark.parametrize("trial", TRIALS)
def test_tampering_is_detected_and_named(trial: str, bundle: Path, sealer: Sealer) -> None:
    change, code = TRIALS[trial]
    done = verification.verify(bundles.changed(bundle, change), trusted(sealer))

    assert not done.holds
    assert code in codes(done), done.findings


def test_a_changed_record_is_named_by_its_number_and_its_octets(bundle: Path) -> None:
    done = verification.verify(bundles.changed(bundle, flip(WARC, 40)))
    found = next(finding for finding in done.findings if finding.code == "changed_observation")

    assert found.values["file"].endswith(".warc.gz")
    assert (found.values["number"], found.values["first"]) == ("1", "0")
    assert 40 <= int(found.values["last"]) < len(bundle.read_bytes())


def test_every_octet_of_the_whole_counts(bundle: Path, tmp_path: Path, sealer: Sealer) -> None:
    octets = bundle.read_bytes()
    for at in range(0, len(octets), len(octets) // 97):
        (tmp_path / "spoiled.zip").write_bytes(flipped(octets, at))
        assert not verification.verify(tmp_path / "spoiled.zip", trusted(sealer)).holds, f"octet {at} changes unseen"


def test_a_bundle_cut_or_lengthened_anywhere_does_not_hold(bundle: Path, tmp_path: Path) -> None:
    octets = bundle.read_bytes()
    for other in (b"", octets[:-1], octets[: len(octets) // 2], octets + b"\0", b"\0" + octets):
        (tmp_path / "spoiled.zip").write_bytes(other)
        assert not verification.verify(tmp_path / "spoiled.zip").holds


def test_a_bundle_packed_again_by_another_tool_is_none(bundle: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(bundle) as whole, zipfile.ZipFile(tmp_path / "again.zip", "w") as again:
        for name in whole.namelist():
            again.writestr(name, whole.read(name))

    assert not verification.verify(tmp_path / "again.zip").holds


def test_a_bundle_sealed_again_by_somebody_else_is_not_believed(tmp_path: Path, sealer: Sealer) -> None:
    theirs = bundles.sealed(tmp_path, bundles.sealer(tmp_path, ec.generate_private_key(ec.SECP256R1())))

    assert codes(verification.verify(theirs, trusted(sealer))) == {"signer_unknown"}


def test_a_result_of_another_run_under_the_old_signature_is_named(bundle: Path, tmp_path: Path, sealer: Sealer) -> None:
    other = bundles.sealed(tmp_path, bundles.sealer(tmp_path))
    mixed = bundles.changed(other, lambda files: files.update({name: bundles.contents(bundle)[name] for name in (STATEMENT,)}))

    assert not verification.verify(mixed, trusted(sealer)).holds


def test_a_certificate_that_had_ended_is_named(tmp_path: Path) -> None:
    body, key = ec.generate_private_key(ec.SECP256R1()), ed25519.Ed25519PrivateKey.generate()
    ca = signature.party(bundles.certificate("CA", body, "CA", body, authority=True), "")
    ended = bundles.sealed(tmp_path, bundles.sealer(tmp_path, key, bundles.certificate("Lab", key, "CA", body, days=-300)))

    assert codes(verification.verify(ended, [ca])) == {"certificate_time"}


def test_a_time_stamp_is_read_and_its_authority_believed_when_named(tmp_path: Path, sealer: Sealer) -> None:
    root = authority.make(tmp_path)
    with authority.serving(tmp_path) as url:
        stamped = sealing.seal(bundles.run(), bundles.result(), sealer, tmp_path / "run.zip", url).path
    timer, other = signature.load_party(root), signature.load_party(authority.make(tmp_path))
    done = verification.verify(stamped, trusted(sealer), [timer])

    assert done.holds
    assert done.stamped_by_trusted
    assert done.moment is not None
    assert abs((datetime.now(UTC) - done.moment).total_seconds()) < 600
    assert codes(verification.verify(stamped, trusted(sealer), [other])) == {"timestamp_signature"}
    without = bundles.changed(stamped, drop(TIMESTAMP))
    assert codes(verification.verify(without, trusted(sealer), [timer])) == {"timestamp_missing"}


def test_a_bundle_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match="cannot be read"):
        verification.verify(tmp_path / "absent.zip")
