"""A seal is made by a command that holds it, and a file that is not ours is never taken back for ours."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from tenderproof import candidate
from tenderproof.drivers import official_seal
from tenderproof.drivers.official_seal import OfficialSeal, SealFileError
from tenderproof.vocabulary import DeclarationTrouble

REPORT = b"%PDF-1.7\n1 0 obj\nendobj\n%%EOF\n"
Script = Callable[[str], str]


@pytest.fixture
def script(tmp_path: Path) -> Script:
    """Writes a shell script and gives its path."""

    def write(text: str) -> str:
        path = tmp_path / "seal.sh"
        path.write_text(f"#!/bin/sh\n{text}\n", "utf-8")
        path.chmod(0o755)
        return str(path)

    return write


def test_a_sealed_file_begins_with_what_was_sealed(script: Script) -> None:
    sealed = OfficialSeal((script("cat; echo seal"),), "embedded").seal(REPORT)

    assert sealed == REPORT + b"seal\n"


def test_a_detached_seal_is_made_over_the_digests(script: Script) -> None:
    sealed = OfficialSeal((script('cat >/dev/null; echo "$1 $2"'), "{sha256}", "--sm3={sm3}"), "detached").seal(b"abc")

    sm3_of_abc = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # GB/T 32905-2016, A.1
    assert sealed.decode() == f"{hashlib.sha256(b'abc').hexdigest()} --sm3={sm3_of_abc}\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("cat >/dev/null", "gave nothing back"),
        ("cat", "gave the same file back"),
        ("cat >/dev/null; printf '%%PDF-1.7 another report'", "does not begin with the one that it was given"),
        ("cat | tail -c +2; echo seal", "does not begin with the one that it was given"),
        ("cat >/dev/null; echo 'no token' >&2; exit 3", "ended with 3: no token"),
    ],
)
def test_what_cannot_be_the_sealed_file_is_refused(script: Script, text: str, said: str) -> None:
    with pytest.raises(DeclarationTrouble, match=said):
        OfficialSeal((script(text),), "embedded").seal(REPORT)


def test_a_seal_is_declared_or_there_is_none(tmp_path: Path) -> None:
    path = tmp_path / "candidate.toml"
    head = '[candidate]\nname = "x"\nkind = "trading"\nbase_url = "http://127.0.0.1:1"\n'
    head += 'operator = { name = "x", uscc = "91350100M000100Y43" }\n'
    path.write_text(head, "utf-8")
    assert official_seal.of(candidate.load(path)) is None

    path.write_text(head + '[official_seal]\ncommand = ["./seal.sh", "{sm3}"]\nform = "detached"\n', "utf-8")
    assert official_seal.of(candidate.load(path)) == OfficialSeal(("./seal.sh", "{sm3}"), "detached")


def test_a_file_of_its_own_names_a_seal(tmp_path: Path) -> None:
    file = tmp_path / "seal.toml"
    file.write_text('[official_seal]\ncommand = ["seal", "{sha256}"]\nform = "detached"\n', "utf-8")
    assert official_seal.read(file) == OfficialSeal(("seal", "{sha256}"), "detached")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[official_seal", "cannot be read"),
        ("", "must hold command"),
        ('[official_seal]\ncommand = "seal"\n', "must hold command"),
        ('[official_seal]\ncommand = ["seal"]\nform = "ink"\n', "embedded or detached, and it is 'ink'"),
    ],
)
def test_a_file_that_names_no_seal_is_refused_with_a_sentence(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "seal.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(SealFileError, match=said):
        official_seal.read(file)
