"""Verify a bundle of tenderproof without tenderproof: this one file, Python 3.11 or newer, and the package ``cryptography``.

    python standalone.py BUNDLE [--trust FILE.pem]

Exit 0 if the bundle holds, 1 if not, 64 for wrong use. Each line says what does not hold, and where. It shares no code with
``tenderproof verify``; a time stamp's imprint and moment are left to ``openssl ts -verify``, which the last line shows how to call.
"""

import base64
import hashlib
import json
import struct
import sys
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, padding, rsa

STAMP = "timestamp.tsr"
AROUND = {"manifest.json", "statement.dsse.json", STAMP}
WITHHOLDABLE = {"observation", "frame"}
PAYLOAD_TYPE = "application/vnd.in-toto+json"
PART = 1 << 20
Party = tuple[Any, x509.Certificate | None]  # a public key, and its certificate where there is one
HASH, SALT, DIGITS = 32, 16, 18


def canonical(value: Any) -> bytes:
    """RFC 8785 for what a bundle holds: text, whole numbers, lists, objects with ASCII keys."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


class Section:
    """The octets of one file, read without the library's own check, which would hide the place of a fault."""

    def __init__(self, file: BinaryIO, info: zipfile.ZipInfo) -> None:
        file.seek(info.header_offset + 30 + len(info.orig_filename.encode("utf-8")) + 20)
        self._file, self._left, self._crc, self._wanted = file, info.file_size, 0, info.CRC

    def read(self, octets: int) -> bytes:
        """The next octets, at most so many."""
        part = self._file.read(min(octets, self._left))
        self._left -= len(part)
        self._crc = zlib.crc32(part, self._crc)
        return part

    @property
    def fits(self) -> bool:
        """Whether all was read and the archive's checksum fits."""
        return not self._left and self._crc == self._wanted


def content(archive: zipfile.ZipFile, name: str) -> bytes:
    """A whole file."""
    with Path(str(archive.filename)).open("rb") as file:
        section = Section(file, archive.getinfo(name))
        octets = section.read(archive.getinfo(name).file_size)
    if not section.fits:
        raise zipfile.BadZipFile(name)
    return octets


def faults_of_form(path: Path) -> Iterator[str]:
    """Every octet of the archive belongs to one stored file, to its header or to the directory."""
    with zipfile.ZipFile(path) as archive:
        at = 0
        for info in archive.infolist():
            name = info.orig_filename.encode("utf-8")
            extra = struct.pack("<HHQQ", 1, 16, info.file_size, info.file_size)
            head = struct.pack(
                "<4sHHHHHIIIHH", b"PK\3\4", 45, 0x800, 0, 0, 0x21, info.CRC, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra)
            ) + name + extra  # fmt: skip
            with path.open("rb") as file:
                file.seek(at)
                if info.header_offset != at or file.read(len(head)) != head:
                    yield f"octet {at}: the header before {info.filename} is not as it must be"
                    return
            at += len(head) + info.file_size
        yield from faults_of_directory(path, archive, at)


def faults_of_directory(path: Path, archive: zipfile.ZipFile, at: int) -> Iterator[str]:
    """The directory follows the last file, in its one form, and nothing follows it."""
    directory = b""
    for info in archive.infolist():
        name = info.orig_filename.encode("utf-8")
        extra = struct.pack("<HHQQQ", 1, 24, info.file_size, info.file_size, info.header_offset)
        directory += struct.pack(
            "<4sHHHHHHIIIHHHHHII", b"PK\1\2", 45, 45, 0x800, 0, 0, 0x21, info.CRC, 0xFFFFFFFF, 0xFFFFFFFF, len(name), len(extra),
            0, 0, 0, 0, 0xFFFFFFFF,
        ) + name + extra  # fmt: skip
        parts = info.orig_filename.split("/")
        if not name.decode().isprintable() or set("\\:") & set(info.orig_filename) or {"", ".", ".."} & set(parts):
            yield f"the name {info.orig_filename!r} leads out of its folder or reads differently to other tools"
    count, size = len(archive.infolist()), len(directory)
    directory += struct.pack("<4sQHHIIQQQQ", b"PK\6\6", 44, 45, 45, 0, 0, count, count, size, at)
    directory += struct.pack("<4sIQI", b"PK\6\7", 0, at + size, 1)
    directory += struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, 0xFFFF, 0xFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0)
    with path.open("rb") as file:
        file.seek(at)
        if file.read() != directory:
            yield f"octet {at} or later: the directory of the archive is not as it must be"
    names = [info.orig_filename for info in archive.infolist()]
    yield from (f"the file {name} is there twice" for name in sorted({name for name in names if names.count(name) > 1}))


def root_of(leaves: list[bytes]) -> bytes:
    """RFC 6962, 2.1: the hash of a list of leaf hashes."""
    if not leaves:
        return hashlib.sha256().digest()
    while len(leaves) > 1:
        paired = [hashlib.sha256(b"\1" + left + right).digest() for left, right in zip(leaves[::2], leaves[1::2], strict=False)]
        leaves = paired + leaves[len(paired) * 2 :]
    return leaves[0]


def leaf_of(line: bytes) -> tuple[bytes, int, bytes] | None:
    """Hash, length and salt of a leaf, from its line in the list; length 0 and no salt if it is withheld, None if it is no leaf."""
    first, *rest = line.decode("ascii", "replace").split(" ")
    try:
        *salts, leaf = map(bytes.fromhex, rest)
    except ValueError:
        return None
    sizes = (len(leaf), *map(len, salts))
    if first == "withheld":
        return (leaf, 0, b"") if sizes == (HASH,) else None
    return (leaf, int(first), salts[0]) if first.isdecimal() and len(first) <= DIGITS and sizes == (HASH, SALT) else None


def faults_of_file(archive: zipfile.ZipFile, entry: dict[str, Any], withheld: list[str]) -> Iterator[str]:
    """Each leaf has the hash that its list says, and the list leads to the root that the manifest says."""
    name, found = entry["path"], []
    for number, line in enumerate(content(archive, f"leaves/{name}.txt").split(b"\n")[:-1], 1):
        leaf = leaf_of(line)
        if leaf is None:
            yield f"leaves/{name}.txt, line {number}: this is no leaf"
            return
        found.append(leaf)
    if root_of([leaf for leaf, _, _ in found]).hex() != entry["root"] or len(found) != entry["leaves"]:
        yield f"leaves/{name}.txt: it does not lead to the root of {name}"
    with Path(str(archive.filename)).open("rb") as file:
        yield from faults_of_leaves(Section(file, archive.getinfo(name)), found, entry, withheld)


def faults_of_leaves(section: Section, found: list[tuple[bytes, int, bytes]], entry: dict[str, Any], withheld: list[str]) -> Iterator[str]:
    """The content follows its leaves, one after the other, and ends with the last."""
    name, unit, at, hidden, whole = entry["path"], entry["unit"], 0, 0, hashlib.sha256()
    for number, (leaf, length, salt) in enumerate(found, 1):
        if not salt:
            hidden += 1
            withheld.append(f"{name}, {unit} {number}")
            if unit not in WITHHOLDABLE:
                yield f"{name}, {unit} {number}: it was taken out, and only recorded exchanges may be"
            continue
        hashed, left = hashlib.sha256(b"\0" + salt), length
        while left and (part := section.read(min(left, PART))):
            hashed.update(part)
            whole.update(part)
            left -= len(part)
        if left or hashed.digest() != leaf:
            yield f"{name}, {unit} {number}, octets {at} to {at + length - 1}: it is not as it was sealed"
        at += length
    if section.read(1):
        yield f"{name}, octet {at}: it goes on where it was sealed to end"
    elif not section.fits:
        yield f"{name}: the checksum that the archive states does not fit"
    if not hidden and (at, whole.hexdigest()) != (entry["octets"], entry["sha256"]):
        yield f"{name}: it has another length or another SHA-256 than the manifest says"


def key_of(pem: bytes) -> Party:
    """The key in PEM octets, and its certificate if it is one."""
    if b"BEGIN CERTIFICATE" in pem:
        certificate = x509.load_pem_x509_certificate(pem)
        return certificate.public_key(), certificate
    return serialization.load_pem_public_key(pem), None


def keyid(key: Any) -> str:
    """SHA-256 over the public key in DER."""
    octets = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(octets).hexdigest()


def signed(key: Any, signature: bytes, octets: bytes) -> bool:
    """Whether a key of one of the kinds that may seal has signed the octets."""
    try:
        match key:
            case ed25519.Ed25519PublicKey():
                key.verify(signature, octets)
            case ec.EllipticCurvePublicKey() if key.curve.name in ("secp256r1", "secp384r1"):
                key.verify(signature, octets, ec.ECDSA(hashes.SHA256() if key.curve.name == "secp256r1" else hashes.SHA384()))
            case rsa.RSAPublicKey() if key.key_size >= 2048:  # noqa: PLR2004 - the bound, said in the documentation
                pss = padding.PSS(padding.MGF1(hashes.SHA256()), padding.PSS.AUTO)
                key.verify(signature, octets, pss, hashes.SHA256())
            case _:
                return False
    except InvalidSignature:
        return False
    return True


def faults_of_signature(trusted: Sequence[Party], archive: zipfile.ZipFile) -> Iterator[str]:
    """The envelope has one signature, by the key in signer.pem, over a statement about this manifest."""
    octets, manifest = content(archive, "statement.dsse.json"), content(archive, "manifest.json")
    try:
        envelope = json.loads(octets)
        payload = base64.b64decode(envelope["payload"], validate=True)
        (only,) = envelope["signatures"]
        statement = json.loads(payload)
        key, certificate = key_of(content(archive, "signer.pem"))
        signature = base64.b64decode(only["sig"], validate=True)
        (subject,) = statement["subject"]
        digest = subject["digest"]["sha256"]
        sound = canonical(envelope) == octets and canonical(statement) == payload and only["keyid"] == keyid(key)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        yield f"statement.dsse.json or signer.pem: not in its form, or not signed once ({error})"
        return
    again: dict[str, Any] = {"payload": base64.b64encode(payload).decode(), "payloadType": PAYLOAD_TYPE}
    again |= {"signatures": [{"keyid": keyid(key), "sig": base64.b64encode(signature).decode()}]}
    pae = b"DSSEv1 %d %s %d %s" % (len(PAYLOAD_TYPE), PAYLOAD_TYPE.encode(), len(payload), payload)
    if not sound or canonical(again) != octets:
        yield "statement.dsse.json: it is not in its one form, or another key signed it"
    elif not signed(key, signature, pae):
        yield "statement.dsse.json: the signature does not hold"
    else:
        try:
            fits = digest == hashlib.sha256(manifest).hexdigest() and speaks_of(statement, archive)
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            yield f"statement.dsse.json or result.json: not in its form ({error!r})"
            return
        if not fits:
            yield "statement.dsse.json: it does not speak of this bundle"
    if trusted and not any(vouches(party, key, certificate) for party in trusted):
        yield f"signer.pem: nobody whom you trust stands for the signer {keyid(key)}"
    elif trusted and certificate and not in_time(certificate, archive):
        yield "signer.pem: its certificate was not within its time when the run ended"


def in_time(certificate: x509.Certificate, archive: zipfile.ZipFile) -> bool:
    """Whether the signer's certificate was valid when the run ended, as the signed result tells it."""
    try:
        ended = datetime.fromisoformat(json.loads(content(archive, "result.json"))["run"]["finished"])
        held = certificate.not_valid_before_utc <= ended <= certificate.not_valid_after_utc
    except (ValueError, KeyError, TypeError, RecursionError):
        held = False
    return held


def speaks_of(statement: dict[str, Any], archive: zipfile.ZipFile) -> bool:
    """Whether the statement says what the result says."""
    result, said = json.loads(content(archive, "result.json")), statement["predicate"]
    decision, verdicts = result["conclusion"]["decision"], {clause["id"]: clause["verdict"] for clause in result["clauses"]}
    lists = {"passedTests": {"satisfied"}, "failedTests": {"violated"}, "undecided": {"inconclusive", "not_tested"}}
    same = all(said[name] == sorted(one for one, verdict in verdicts.items() if verdict in kinds) for name, kinds in lists.items())
    return same and said["decision"] == decision and (said["result"] == "PASSED") == (decision == "conformant")


def vouches(trusted: Party, key: Any, certificate: x509.Certificate | None) -> bool:
    """Whether a trusted key is the signer's, or a trusted authority issued the signer's certificate."""
    if keyid(trusted[0]) == keyid(key):
        return True
    if trusted[1] is None or certificate is None:
        return False
    try:
        authority = trusted[1].extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        certificate.verify_directly_issued_by(trusted[1])
    except (x509.ExtensionNotFound, ValueError, TypeError, InvalidSignature):
        return False
    return authority


def faults(path: Path, trusted: Sequence[Party], withheld: list[str]) -> Iterator[str]:
    """All that does not hold; an archive in another form is not looked into."""
    try:
        form = list(faults_of_form(path))
    except (zipfile.BadZipFile, struct.error, UnicodeDecodeError, ValueError, OverflowError, OSError) as error:
        form = [f"this is no archive of the form of a bundle: {error}"]
    if form:
        yield from form
        return
    with zipfile.ZipFile(path) as archive:
        names = set(archive.namelist())
        missing = {"manifest.json", "statement.dsse.json", "signer.pem", "result.json"} - names
        yield from (f"{name}: it is not in the bundle" for name in sorted(missing))
        for faults_of in () if missing else (partial(faults_of_contents, names, withheld), partial(faults_of_signature, trusted)):
            try:
                yield from faults_of(archive)
            except zipfile.BadZipFile as error:
                yield f"{error}: the checksum that the archive states does not fit"


def faults_of_contents(names: set[str], withheld: list[str], archive: zipfile.ZipFile) -> Iterator[str]:
    """Manifest, files and their lists belong together."""
    octets = content(archive, "manifest.json")
    try:
        manifest = json.loads(octets)
        entries = manifest["files"]
        leaves = [hashlib.sha256(b"\0" + canonical(entry)).digest() for entry in entries]
        listed = [entry["path"] for entry in entries]
        sound = canonical(manifest) == octets and manifest["root"] == root_of(leaves).hex() and listed == sorted(set(listed))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        yield f"manifest.json: not in its form ({error})"
        return
    if not sound or manifest["form"] != "tenderproof-bundle/1":
        yield "manifest.json: not in its one form"
        return
    wanted = {*listed, *(f"leaves/{name}.txt" for name in listed)}
    yield from (f"{name}: it is not in the bundle" for name in sorted(wanted - names))
    yield from (f"{name}: the manifest does not know it" for name in sorted(names - wanted - AROUND))
    for entry in entries:
        if {entry["path"], f"leaves/{entry['path']}.txt"} <= names:
            try:
                yield from faults_of_file(archive, entry, withheld)
            except zipfile.BadZipFile as error:
                yield f"{error}: the checksum that the archive states does not fit"


def main(arguments: list[str]) -> int:
    """Print every fault, what is withheld, and whether the bundle holds."""
    trusted: list[Party] = []
    while "--trust" in arguments[:-1]:
        at = arguments.index("--trust")
        try:
            trusted.append(key_of(Path(arguments[at + 1]).read_bytes()))
        except (OSError, ValueError):
            print(f"{arguments[at + 1]} is no certificate and no public key (PEM); name the signer's with --trust.", file=sys.stderr)
            return 64
        del arguments[at : at + 2]
    if len(arguments) != 1 or not Path(arguments[0]).is_file():
        print("Say: python standalone.py BUNDLE [--trust FILE.pem], with a bundle that is there.", file=sys.stderr)
        return 64
    withheld: list[str] = []
    found = list(faults(Path(arguments[0]), trusted, withheld))
    for line in [*found, *(f"withheld: {name}" for name in withheld)]:
        print(line)
    if not trusted:
        print("未核对签名者是否可信 / Whether the signer may be believed was not asked; name a certificate or a key with --trust.")
    print("证据包不完好 / The bundle does NOT hold." if found else "证据包完好 / The bundle holds.")
    if not found and STAMP in zipfile.ZipFile(arguments[0]).namelist():
        print("时间戳 / A time stamp: openssl ts -verify -in timestamp.tsr -data statement.dsse.json -CAfile AUTHORITY.pem")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
