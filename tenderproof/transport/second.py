"""A second instrument: sslyze, where it is installed, as a process of its own (its licence and its pins are not ours to carry).

It shakes hands to the end with a library of its own, so that what it sees accepted is accepted. What it could not test says nothing.
"""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass

from tenderproof.transport.asking import Place
from tenderproof.transport.judgement import Figures, Finding, Supports
from tenderproof.vocabulary import Blame, Missing

NAMED_BY = "TENDERPROOF_SSLYZE"
_SECONDS = 60
_LARGEST = 1 << 24
_SCANS = {
    "ssl_2_0_cipher_suites": "SSLv2", "ssl_3_0_cipher_suites": "SSLv3", "tls_1_0_cipher_suites": "TLSv1",
    "tls_1_1_cipher_suites": "TLSv1.1", "tls_1_2_cipher_suites": "TLSv1.2", "tls_1_3_cipher_suites": "TLSv1.3",
}  # fmt: skip
_ORDER = tuple(_SCANS.values())
_OPTIONS = ("--sslv2", "--sslv3", "--tlsv1", "--tlsv1_1", "--tlsv1_2", "--tlsv1_3")
_MARKS = {"anonymous": ("_anon_",), "NULL": ("_NULL_",), "EXPORT": ("_EXPORT",), "RC4": ("_RC4_",), "DES": ("_DES_",), "3DES": ("_3DES_",)}


@dataclass(frozen=True)
class Second:
    """What it saw: its version, the suites that were accepted by version of the protocol, and the versions that it could not test."""

    version: str
    accepted: Mapping[str, tuple[str, ...]]
    untested: tuple[str, ...]

    def octets(self) -> bytes:
        """As evidence keeps it."""
        return json.dumps({**vars(self), "accepted": dict(self.accepted)}).encode()

    @classmethod
    def read(cls, octets: bytes) -> "Second":
        """From evidence."""
        raw = json.loads(octets)
        accepted = {name: tuple(suites) for name, suites in raw["accepted"].items()}
        return cls(str(raw["version"]), accepted, tuple(raw["untested"]))


def look(place: Place) -> Second:
    """Let it look at a place; Missing where it is not installed, or says nothing that can be read."""
    program = os.environ.get(NAMED_BY) or shutil.which("sslyze")
    if not program:
        raise Missing(f"no second instrument is installed: sslyze is found neither by {NAMED_BY} nor on the path", Blame.TOOL)
    host = f"[{place.host}]" if ":" in place.host else place.host
    command = [program, "--json_out=-", *_OPTIONS, f"{host}:{place.port}"]
    try:
        said = subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise Missing(f"the second instrument did not come to its end: {type(error).__name__}", Blame.TOOL) from error
    return understood(said.stdout[:_LARGEST])


def understood(octets: bytes) -> Second:
    """What its JSON says; its exit code speaks of a profile of its own, and is not asked."""
    try:
        content = json.loads(octets)
        scans = content["server_scan_results"][0]["scan_result"] or {}
        accepted, untested = {}, []
        for scan, version in _SCANS.items():
            result = scans.get(scan) or {}
            if result.get("status") != "COMPLETED":
                untested.append(version)
                continue
            accepted[version] = tuple(str(one["cipher_suite"]["name"]) for one in result["result"]["accepted_cipher_suites"])
        return Second(str(content.get("sslyze_version", "")), accepted, tuple(untested))
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise Missing("the second instrument said nothing that can be read", Blame.TOOL) from error


def judged(seen: Second, figures: Figures) -> tuple[Finding, ...]:
    """What it saw accepted that the plan does not allow; and what it could not test, which stays open."""
    found = []
    for version in (version for version in _ORDER if seen.accepted.get(version)):
        if version not in _ORDER[_ORDER.index(figures.oldest) :]:
            found.append(Finding("old_protocol", Supports.VIOLATED, f"sslyze {seen.version} agrees on {version} with it"))
        weak = sorted(name for name in seen.accepted[version] if _is_weak(name, figures))
        if weak:
            found.append(Finding("weak_suite", Supports.VIOLATED, f"sslyze {seen.version} agrees on {', '.join(weak)} with it"))
    found += [Finding("version_not_tried", Supports.OPEN, f"{version}: sslyze could not test it") for version in seen.untested]
    if not any(seen.accepted.values()):
        found.append(Finding("no_handshake", Supports.OPEN, "sslyze agrees on nothing with it"))
    return tuple(found)


def _is_weak(name: str, figures: Figures) -> bool:
    return any(mark in f"{name}_" for kind in figures.weak_suites for mark in _MARKS.get(kind, ()))
