"""The manifest has one form, and one root over all files."""

from dataclasses import replace

import pytest

from tenderproof.seal import manifest
from tenderproof.seal.leaves import Unit
from tenderproof.seal.manifest import File, ManifestError

A, B = (File(path, 3, "00" * 32, Unit.BLOCK, 1, "11" * 32) for path in ("a", "b"))


def test_files_are_read_as_they_were_written_in_whatever_order() -> None:
    assert manifest.read(manifest.write([B, A]))[0] == {"a": A, "b": B}
    assert manifest.write([B, A]) == manifest.write([A, B])


@pytest.mark.parametrize("other", [replace(B, octets=4), replace(B, sha256="22" * 32), replace(B, path="c"), replace(B, root="22" * 32)])
def test_the_root_depends_on_all_that_is_said_of_a_file(other: File) -> None:
    assert manifest.read(manifest.write([A, B]))[1] != manifest.read(manifest.write([A, other]))[1]


@pytest.mark.parametrize(
    "octets",
    [
        b"", b"[]", b"{}", b'{"files":[],"form":"tenderproof-bundle/1","root":""}', manifest.write([A]) + b" ",
        manifest.write([A]).replace(b'"octets":3', b'"octets":4'), manifest.write([A]).replace(b'"block"', b'"shard"'),
        manifest.write([A]).replace(b"bundle/1", b"bundle/2"), manifest.write([A, A]),
    ],
)  # fmt: skip
def test_what_is_not_in_the_one_form_is_no_manifest(octets: bytes) -> None:
    with pytest.raises(ManifestError):
        manifest.read(octets)
