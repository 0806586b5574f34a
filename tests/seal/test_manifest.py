import json
from typing import Any

import pytest
import rfc8785

from tenderproof.seal import manifest
from tenderproof.seal.leaves import Unit
from tenderproof.seal.manifest import File, ManifestError

FILES = [File(name, 3, "0" * 64, Unit.BLOCK, 1, "1" * 64) for name in ("b", "a")]


def test_a_manifest_is_read_as_it_was_written_whatever_the_order() -> None:
    octets = manifest.write(FILES)

    assert octets == manifest.write(FILES[::-1])
    assert manifest.read(octets)[0] == {file.path: file for file in FILES}


def test_the_root_changes_with_anything_in_it() -> None:
    whole = manifest.read(manifest.write(FILES))[1]
    changes: list[dict[str, Any]] = [
        {"octets": 4},
        {"sha256": "2" * 64},
        {"root": "2" * 64},
        {"leaves": 2},
        {"unit": Unit.LINE},
        {"path": "c"},
    ]
    roots = {manifest.read(manifest.write([FILES[0], File(**{**vars(FILES[1]), **change})]))[1] for change in changes}

    assert len(roots | {whole}) == len(changes) + 1


@pytest.mark.parametrize("octets", [b"", b"[]", b"null", b"{}", b'{"files": 1}', b'{"files": [1]}', b"\xff", b"[" * 100_000])
def test_what_is_no_manifest_is_an_error_and_no_crash(octets: bytes) -> None:
    with pytest.raises(ManifestError):
        manifest.read(octets)


@pytest.mark.parametrize("form", [" ", "root", "double", "more"])
def test_a_manifest_in_another_form_is_refused(form: str) -> None:
    content = json.loads(manifest.write(FILES))
    match form:
        case "root":
            content["root"] = "0" * 64
        case "double":
            content["files"] = [content["files"][0]] * 2
        case "more":
            content["note"] = "x"
    octets = rfc8785.dumps(content) + (b" " if form == " " else b"")

    with pytest.raises(ManifestError):
        manifest.read(octets)
