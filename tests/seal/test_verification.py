"""Trials: each kind of change to a bundle is detected, named by its code, and placed; the stand-alone script says the same."""

import base64
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tenderproof import result
from tenderproof.seal import manifest, sealing, signature, standalone, verification
from tenderproof.seal.leaves import Listed
from tenderproof.seal.verification import BundleError, Verification
from tests.cli.command import tenderproof

from .conftest import Bundled
from .forgery import (
    Files,
    apart,
    by_another_tool,
    changed,
    flipped,
    in_envelope,
    listed,
    pieces,
    place_of,
    relisted,
    together,
    with_a_gap,
)
from .runs import finished_run, sealer

WARC, SEALED, JOURNAL = "evidence/gw0-1.warc.gz", "evidence/gw0-1.sealed", "journal/gw1-1.jsonl"
Spoil = Callable[[Bundled], bytes]


@dataclass(frozen=True)
class Trial:
    """One kind of change: how it is made, and the code and the place by which it must be named."""

    name: str
    spoil: Spoil
    code: str
    place: str = ""


def files(change: Callable[[Files], object]) -> Spoil:
    """A change to the files, the archive being sound."""
    return lambda bundle: changed(bundle.octets, change)


def flip(name: str, offset: int) -> Spoil:
    """One bit of a file."""
    return lambda bundle: flipped(bundle.octets, place_of(bundle.octets, name, offset))


def octets(change: Callable[[bytes], bytes]) -> Spoil:
    """A change to the whole file."""
    return lambda bundle: change(bundle.octets)


def drop_record(found: Files) -> None:
    """The third exchange is gone from the archive of exchanges."""
    found[WARC] = b"".join(part for number, part in enumerate(pieces(found, WARC)) if number != 2)


def drop_record_and_leaf(found: Files) -> None:
    """The third exchange is gone, and so is its leaf."""
    kept = [leaf for number, leaf in enumerate(listed(found, WARC)) if number != 2]
    drop_record(found)
    found[f"leaves/{WARC}.txt"] = b"".join(leaf.line() for leaf in kept)


def swap_records(found: Files) -> None:
    """The first and the last exchange change places."""
    first, *middle, last = pieces(found, WARC)
    found[WARC] = b"".join([last, *middle, first])


def swap_records_and_leaves(found: Files) -> None:
    """They change places, and their leaves too."""
    first, *middle, last = listed(found, WARC)
    swap_records(found)
    found[f"leaves/{WARC}.txt"] = b"".join(leaf.line() for leaf in [last, *middle, first])


def repeat_record(found: Files) -> None:
    """The last exchange stands there twice, with its leaf."""
    found[WARC] += pieces(found, WARC)[-1]
    found[f"leaves/{WARC}.txt"] += listed(found, WARC)[-1].line()


def longer_leaf(found: Files) -> None:
    """The list says that the first record is an octet longer."""
    first, *rest = listed(found, WARC)
    found[f"leaves/{WARC}.txt"] = b"".join(leaf.line() for leaf in [replace(first, length=first.length + 1), *rest])


def length_below_nothing(found: Files) -> None:
    """The list says that the first record is shorter than nothing."""
    _first_line(found, lambda length, salt, leaf: f"-{length} {salt} {leaf}")


def length_without_end(found: Files) -> None:
    """The list gives the first record a length that no number holds."""
    _first_line(found, lambda length, salt, leaf: f"{length * 2000} {salt} {leaf}")


def leaf_without_salt(found: Files) -> None:
    """The first record's line has no salt, and does not say that it is withheld."""
    _first_line(found, lambda length, _, leaf: f"{length}  {leaf}")


def _first_line(found: Files, change: Callable[[str, str, str], str]) -> None:
    first, *rest = found[f"leaves/{WARC}.txt"].decode().splitlines()
    length, salt, leaf = first.split(" ")
    found[f"leaves/{WARC}.txt"] = "".join(f"{line}\n" for line in [change(length, salt, leaf), *rest]).encode()


def swap_files(found: Files) -> None:
    """Two workers' journals change places."""
    found[JOURNAL], found["journal/gw0-1.jsonl"] = found["journal/gw0-1.jsonl"], found[JOURNAL]


def withhold_a_line(found: Files) -> None:
    """A line of the journal is made to look withheld."""
    first, *rest = listed(found, JOURNAL)
    found[JOURNAL] = b"".join(pieces(found, JOURNAL)[1:])
    found[f"leaves/{JOURNAL}.txt"] = b"".join(leaf.line() for leaf in [Listed(first.hash), *rest])


def other_verdict(found: Files) -> None:
    """Another decision in the result, with list and manifest that fit it."""
    relisted(found, "result.json", found["result.json"].replace(b'"conformant"', b'"non_conformant"'))


def forget_a_file(found: Files) -> None:
    """A file is gone, from the manifest too."""
    entries, _ = manifest.read(found["manifest.json"])
    found["manifest.json"] = manifest.write(entry for entry in entries.values() if entry.path != JOURNAL)
    del found[JOURNAL], found[f"leaves/{JOURNAL}.txt"]


def other_statement(found: Files) -> None:
    """Another decision in what is signed, under the old signature."""

    def change(envelope: dict[str, str]) -> None:
        said = json.loads(base64.b64decode(envelope["payload"]))
        said["predicate"]["result"] = "FAILED" if said["predicate"]["result"] == "PASSED" else "PASSED"
        envelope["payload"] = base64.b64encode(json.dumps(said, sort_keys=True, separators=(",", ":")).encode()).decode()

    in_envelope(found, change)


def weak_key(found: Files) -> None:
    """A key that a thief could break, in the signer's place."""
    weak = rsa.generate_private_key(65537, 1024).public_key()  # noqa: S505 - weak on purpose
    relisted(found, "signer.pem", weak.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def signed_by_another(bundle: Bundled) -> bytes:
    """The same run sealed anew, all of it sound, by somebody else."""
    found = result.read(bundle.run / "result.json")
    return sealing.seal(
        bundle.run, found, sealer(bundle.run.parent, "thief.pem"), bundle.path.with_name("thief.zip")
    ).path.read_bytes()  # fmt: skip


def envelope_of_another_run(bundle: Bundled) -> bytes:
    """The right signer's envelope, about another run."""
    run = bundle.run.parent / "other"
    if not run.exists():
        finished_run(run)
    other = sealing.seal(run, result.read(run / "result.json"), bundle.sealer, bundle.path.with_name("other.zip")).path.read_bytes()
    return changed(bundle.octets, lambda found: found.update({"statement.dsse.json": apart(other)["statement.dsse.json"]}))


def resigned_envelope(bundle: Bundled) -> bytes:
    """Another key's signature over the statement, under the old signer's name and file."""
    thief = sealer(bundle.run.parent, "thief.pem")

    def change(found: Files) -> None:
        payload = base64.b64decode(json.loads(found["statement.dsse.json"])["payload"])
        found["statement.dsse.json"] = signature.sign(payload, thief)

    return changed(bundle.octets, change)


def extra(name: str, position: int = 0) -> Spoil:
    """A further file under this name."""

    def spoil(bundle: Bundled) -> bytes:
        found = list(apart(bundle.octets).items())
        return together([*found[:position], (name, b"x"), *found[position:]])

    return spoil


TRIALS = (
    Trial("one bit of a recorded exchange", flip(WARC, 40), "changed_observation", f"{WARC} 1"),
    Trial("one bit of an encrypted original", flip(SEALED, 2000), "changed_frame", SEALED),
    Trial("one bit of a journal", flip(JOURNAL, 3), "changed_line", f"{JOURNAL} 1"),
    Trial("one bit of the result", flip("result.json", 100), "changed_block", "result.json 1"),
    Trial("one bit of the declaration", flip("declaration.json", 5), "changed_block", "declaration.json 1"),
    Trial("one bit of the environment", flip("environment.json", 5), "changed_block", "environment.json 1"),
    Trial("one bit of the hashes of clauses", flip("specs/clauses.json", 500), "changed_block", "specs/clauses.json 1"),
    Trial("one bit of the plan", flip("specs/plans/trading-3.yaml", 50), "changed_block", "specs/plans/trading-3.yaml 1"),
    Trial("one bit of the chosen checks", flip("checks-1.txt", 2), "changed_block", "checks-1.txt 1"),
    Trial("one bit of a leaf's hash", flip(f"leaves/{WARC}.txt", 45), "list_other", f"leaves/{WARC}.txt"),
    Trial("a leaf's length", files(longer_leaf), "changed_observation", f"{WARC} 1"),
    Trial("a leaf shorter than nothing", files(length_below_nothing), "list_line", f"leaves/{WARC}.txt 1"),
    Trial("a leaf of a length that no number holds", files(length_without_end), "list_line", f"leaves/{WARC}.txt 1"),
    Trial("a leaf without salt", files(leaf_without_salt), "list_line", f"leaves/{WARC}.txt 1"),
    Trial("a manifest nested without end", files(lambda f: f.update({"manifest.json": b"[" * 10**6})), "manifest_form", "manifest.json"),
    Trial("an envelope nested without end", files(lambda f: f.update({"statement.dsse.json": b"[" * 10**6})), "envelope_form"),
    Trial("one bit of a leaf's separator", flip(f"leaves/{JOURNAL}.txt", 36), "list_line", f"leaves/{JOURNAL}.txt"),
    Trial("one bit of the manifest", flip("manifest.json", 60), "manifest_form", "manifest.json"),
    Trial("one bit of the envelope", flip("statement.dsse.json", 13), "signature_wrong", "statement.dsse.json"),
    Trial("one bit of the signer's key", flip("signer.pem", 40), "changed_block", "signer.pem 1"),
    Trial("one bit of a header's name", octets(lambda whole: flipped(whole, 33)), "structure_header", "33"),
    Trial("one bit of a header's checksum", octets(lambda whole: flipped(whole, 15)), "structure_header", "15"),
    Trial("one bit of the directory", octets(lambda whole: flipped(whole, len(whole) - 200)), "structure_"),
    Trial("one bit of the end", octets(lambda whole: flipped(whole, len(whole) - 1)), "structure_end"),
    Trial("the last octet cut off", octets(lambda whole: whole[:-1]), "structure_end"),
    Trial("half of it cut off", octets(lambda whole: whole[: len(whole) // 2]), "structure_end"),
    Trial("all of it cut off", octets(lambda _: b""), "structure_no_archive"),
    Trial("an octet more at the end", octets(lambda whole: whole + b"\n"), "structure_end"),
    Trial("an octet more at the front", octets(lambda whole: b"\n" + whole), "structure_"),
    Trial("something hidden before the directory", octets(with_a_gap), "structure_gap"),
    Trial("a dropped record", files(drop_record), "changed_observation", f"{WARC} 3"),
    Trial("a dropped record with its leaf", files(drop_record_and_leaf), "list_other", f"leaves/{WARC}.txt"),
    Trial("two records in another order", files(swap_records), "changed_observation", f"{WARC} 1"),
    Trial("two records in another order with their leaves", files(swap_records_and_leaves), "list_other", f"leaves/{WARC}.txt"),
    Trial("a record repeated with its leaf", files(repeat_record), "list_other", f"leaves/{WARC}.txt"),
    Trial("something after the last record", files(lambda found: found.update({WARC: found[WARC] + b"x"})), "surplus", WARC),
    Trial("a missing file", files(lambda found: found.pop(JOURNAL)), "missing", JOURNAL),
    Trial("a missing list", files(lambda found: found.pop(f"leaves/{JOURNAL}.txt")), "missing", f"leaves/{JOURNAL}.txt"),
    Trial("a missing manifest", files(lambda found: found.pop("manifest.json")), "missing", "manifest.json"),
    Trial("a missing envelope", files(lambda found: found.pop("statement.dsse.json")), "missing", "statement.dsse.json"),
    Trial("a file that nobody sealed", extra("evidence/more.warc.gz"), "unlisted", "evidence/more.warc.gz"),
    Trial("two files swapped", files(swap_files), "changed_line", JOURNAL),
    Trial("a file twice", extra("result.json"), "structure_twice", "result.json"),
    Trial("a name that climbs out of the folder", extra("../result.json"), "structure_name", "../result.json"),
    Trial("a name from the root", extra("/etc/passwd"), "structure_name", "/etc/passwd"),
    Trial("a name with another separator", extra("evidence\\x"), "structure_name", "evidence\\x"),
    Trial("a name on a drive", extra("C:x"), "structure_name", "C:x"),
    Trial("a name that shows another one", extra("a\u202egpj.x"), "structure_name"),
    Trial("a line of the journal withheld", files(withhold_a_line), "withheld_forbidden", f"{JOURNAL} 1"),
    Trial("another verdict, all hashes made anew", files(other_verdict), "statement_other", "statement.dsse.json"),
    Trial("a file left out of everything that needs no key", files(forget_a_file), "statement_other", "statement.dsse.json"),
    Trial("a manifest in another form", files(lambda f: f.update({"manifest.json": f["manifest.json"] + b"\n"})), "manifest_form"),
    Trial("another statement under the old signature", files(other_statement), "signature_wrong", "statement.dsse.json"),
    Trial("the signature stripped", files(lambda f: in_envelope(f, lambda e: e.update(signatures=[]))), "signature_missing"),
    Trial("a second signature", files(lambda f: in_envelope(f, lambda e: e["signatures"].append(e["signatures"][0]))), "signature_count"),
    Trial("another kind of payload", files(lambda f: in_envelope(f, lambda e: e.update(payloadType="text/plain"))), "payload_type"),
    Trial("an algorithm named in the envelope", files(lambda f: in_envelope(f, lambda e: e.update(alg="none"))), "envelope_form"),
    Trial("a weak key in the signer's place", files(weak_key), "signer_form", "signer.pem"),
    Trial("a thief's signature over the statement", resigned_envelope, "signature_other_key", "statement.dsse.json"),
    Trial("all of it sealed anew by a thief", signed_by_another, "signer_unknown", "signer.pem"),
    Trial("the right signer's word about another run", envelope_of_another_run, "statement_other", "statement.dsse.json"),
    Trial("the same files, compressed", octets(lambda whole: by_another_tool(whole, zipfile.ZIP_DEFLATED)), "structure_"),
    Trial("the same files with another date", octets(lambda whole: by_another_tool(whole, date_time=(2020, 1, 1, 0, 0, 0))), "structure_"),
    Trial("the same files as links", octets(lambda whole: by_another_tool(whole, external_attr=0o120777 << 16)), "structure_"),
)


def verified(bundle: Bundled, spoiled: bytes) -> Verification:
    """What is found in these octets by somebody who trusts the signer."""
    return verification.verified(io.BytesIO(spoiled), [bundle.signer])


def test_a_bundle_as_it_was_sealed_holds(bundled: Bundled) -> None:
    done = verified(bundled, bundled.octets)

    assert (done.findings, done.withheld, done.trusted, done.signer) == ([], [], True, bundled.signer.keyid)


def test_there_are_forty_kinds_of_change_or_more() -> None:
    assert len({trial.name for trial in TRIALS}) == len(TRIALS) >= 40


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_a_change_is_detected_and_named(bundled: Bundled, trial: Trial) -> None:
    spoiled = trial.spoil(bundled)
    assert spoiled != bundled.octets

    named = [(f.code, " ".join([*f.values.values()])) for f in verified(bundled, spoiled).findings]

    assert [said for code, said in named if code.startswith(trial.code) and trial.place in said], named


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.name)
def test_the_stand_alone_script_finds_it_too(bundled: Bundled, trial: Trial, tmp_path: Path) -> None:
    path, trusted = tmp_path / "b.zip", [standalone.key_of(bundled.sealer.pem)]
    path.write_bytes(trial.spoil(bundled))

    assert list(standalone.faults(path, trusted, []))


@pytest.mark.parametrize("at", range(0, 4000, 97))
def test_no_octet_can_be_changed_unnoticed(bundled: Bundled, at: int) -> None:
    whole = bundled.octets
    spoiled = flipped(whole, at * len(whole) // 4000)

    assert not verified(bundled, spoiled).holds


def test_the_place_of_a_change_is_the_records_own_octets(bundled: Bundled) -> None:
    first = len(pieces(apart(bundled.octets), WARC)[0])
    (found, _) = verified(bundled, flip(WARC, first)(bundled)).findings

    assert (found.values["number"], found.values["first"]) == ("2", str(first))


def test_without_anybody_to_trust_it_is_said_that_nobody_was_asked(bundled: Bundled) -> None:
    done = verification.verify(bundled.path)

    assert (done.holds, done.trusted) == (True, None)


def test_a_bundle_that_is_not_there_is_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(BundleError, match=r"nowhere\.zip cannot be read"):
        verification.verify(tmp_path / "nowhere.zip")


def test_the_command_and_the_script_end_alike(bundled: Bundled, tmp_path: Path) -> None:
    (tmp_path / "signer.pem").write_bytes(bundled.sealer.pem)
    (tmp_path / "bad.zip").write_bytes(flip(WARC, 40)(bundled))
    for path, code in ((bundled.path, 0), (tmp_path / "bad.zip", 1), (tmp_path / "nowhere.zip", 64)):
        script = [sys.executable, standalone.__file__, str(path), "--trust", str(tmp_path / "signer.pem")]

        assert tenderproof("verify", path, "--trust", tmp_path / "signer.pem").returncode == code
        assert subprocess.run(script, capture_output=True, check=False).returncode == code
