"""An earlier run in a folder (较早的检测): it gives way to a later one of the same candidate, and to no other unless somebody says so."""

import json
from pathlib import Path

from tenderproof import resumption
from tenderproof.candidate import Candidate
from tenderproof.vocabulary import WrongInput

_LOOPBACK = "http://127.0.0.1:"  # where the embedded reference runs, on another port each time


class EarlierRunError(WrongInput):
    """The folder holds a finished run of another candidate; the message is a sentence for the user."""


def require_same_candidate(folder: Path, declared: Candidate | None) -> None:
    """EarlierRunError if the folder holds a finished run of another candidate; ``declared`` is None for the embedded reference.

    A candidate is known by its name and its operator: its declaration may have been mended since, and its address be another.
    """
    if not (folder / "result.json").is_file():
        return
    earlier = _sample(folder)
    if declared is None:
        begun = resumption.declaration_of(folder)
        same = begun == resumption.REFERENCE if begun else str(earlier.get("base_url")).startswith(_LOOPBACK)
    else:
        same = (earlier.get("name"), earlier.get("operator")) == (declared.name, dict(declared.operator))
    if not same:
        whose = str(earlier.get("name") or "somebody unknown")
        raise EarlierRunError(
            f"{folder} holds the finished run of another candidate ({whose}): name another with --out, or say --replace to delete it."
        )


def _sample(folder: Path) -> dict[str, object]:
    """What the run in the folder judged; nothing if its result cannot be read."""
    try:
        found = json.loads((folder / "result.json").read_text("utf-8"))["sample"]
    except (OSError, ValueError, KeyError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}
