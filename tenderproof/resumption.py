"""What a run was begun with (续测): it is gone on with as it was begun, or not at all.

Else what one platform showed would be told of another, or be judged by the figures of another plan.
"""

import hashlib
import json
from pathlib import Path

from tenderproof.vocabulary import WrongInput

_FILE = Path("private") / "begun.json"
REFERENCE = "the embedded reference"  # its declaration names another port at each start


class ResumptionError(WrongInput):
    """A run cannot be gone on with; the message is a sentence for the user."""


def begin(
    folder: Path, declaration: Path | None, plan: str, seed: str, source_sha256: str, driver_sha256: str = "", *, dose: str = ""
) -> None:
    """Write down with what a run begins; ``declaration`` is None for the embedded reference."""
    path = folder / _FILE
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.write_text(json.dumps(_facts(declaration, plan, seed, source_sha256, driver_sha256, dose)) + "\n", "utf-8")


def declaration_of(folder: Path) -> str:
    """With which declaration the run in the folder was begun: its digest, or ``REFERENCE``; "" if that is not written down."""
    try:
        return str(json.loads((folder / _FILE).read_text("utf-8"))["declaration"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def require_same(
    folder: Path, declaration: Path | None, plan: str, seed: str, source_sha256: str, driver_sha256: str = "", *, dose: str = ""
) -> None:
    """ResumptionError, naming what is another, if the run in the folder was begun with something else."""
    try:
        begun: dict[str, str] = json.loads((folder / _FILE).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ResumptionError(f"{folder / _FILE} does not say how the run was begun; begin anew, with --out for a new folder.") from error
    for what, now in _facts(declaration, plan, seed, source_sha256, driver_sha256, dose).items():
        if begun.get(what, "") != now:
            raise ResumptionError(
                f"The run in {folder} was begun with another {what}, and what it saw then is not to be told of this one: "
                f"go on with the same {what}, or begin anew with --out for a new folder."
            )


def _facts(declaration: Path | None, plan: str, seed: str, source_sha256: str, driver_sha256: str, dose: str) -> dict[str, str]:
    told = REFERENCE if declaration is None else hashlib.sha256(declaration.read_bytes()).hexdigest()
    return {"declaration": told, "plan": plan, "seed": seed, "tenderproof": source_sha256, "driver": driver_sha256, "dose": dose}
