"""What goes into a bundle: the files of a run's folder that may be published, and the specification that it was judged against."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from tenderproof import content, environment
from tenderproof.candidate import published
from tenderproof.dossier import kept
from tenderproof.result import Result
from tenderproof.seal.archive import is_safe
from tenderproof.spec.clauses import load_clauses
from tenderproof.vocabulary import WrongInput

RESULT = "result.json"
CLAUSES = "specs/clauses.json"
_ALWAYS = (RESULT, environment.FILE, published.FILE)
_FOLDERS = ("journal", "evidence", "artefacts", kept.FOLDER)


class ContentsError(WrongInput):
    """A run cannot be sealed as it is; the message is a sentence for the user."""


def of_run(folder: Path) -> dict[str, Path]:
    """The files of a run by their path in the bundle; ContentsError where one is missing that must be there."""
    missing = next((name for name in _ALWAYS if not (folder / name).is_file()), None)
    if missing:
        raise ContentsError(f"{folder} lacks {missing}: this is no finished audit of this version. Run the audit again.")
    found = [folder / name for name in _ALWAYS] + sorted(folder.glob("checks-*.txt"))
    for name in _FOLDERS:
        found += sorted((folder / name).rglob("*"))
    named = {path.relative_to(folder).as_posix(): path for path in found if _is_plain(path, folder)}
    strange = next((name for name in named if not is_safe(name)), None)
    if strange:
        raise ContentsError(
            f"The name of {strange!r} reads differently to other tools, and a bundle holds none such; rename the file and audit again."
        )
    return named


def of_specification(result: Result, specs: Path) -> Mapping[str, bytes]:
    """The plan's file, and the edition with the hash of every clause's words and of every file of clauses.

    ContentsError if what is installed now is not what the run was judged against.
    """
    clauses = load_clauses(specs)
    other = next((c.id for c in result.clauses if c.id not in clauses or clauses[c.id].words_sha256 != c.words_sha256), None)
    if other or result.basis.edition != content.edition():
        what = f"its clause {other} has other words" if other else f"it is of edition {content.edition()}"
        raise ContentsError(
            f"The run was judged by edition {result.basis.edition}, and the installed specification is another ({what}); "
            "seal with the tenderproof that audited."
        )
    listed = {
        "edition": result.basis.edition,
        "files": {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted((specs / "clauses").glob("*.yaml"))},
        "clauses": {identifier: clause.words_sha256 for identifier, clause in sorted(clauses.items())},
    }
    plan = f"plans/{result.basis.plan}.yaml"
    return {CLAUSES: json.dumps(listed, indent=1).encode() + b"\n", f"specs/{plan}": (specs / plan).read_bytes()}


def _is_plain(path: Path, folder: Path) -> bool:
    if path.is_symlink():
        raise ContentsError(f"{path} is a link; a bundle holds files only. Remove it or put the file in its place.")
    return path.is_file() and path.resolve().is_relative_to(folder.resolve())
