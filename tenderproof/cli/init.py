"""``tenderproof init``: a commented declaration to fill in."""

import json
from pathlib import Path

from tenderproof import content, wording
from tenderproof.cli.ending import WrongUse


def run(file: Path, *, force: bool, as_json: bool) -> None:
    """Write the template to ``file``; a file that is there is left alone unless ``force``."""
    if file.exists() and not force:
        raise WrongUse(f"{file} is there already; say --force to write over it.")
    if not file.parent.is_dir():
        raise WrongUse(f"There is no folder {file.parent}.")
    file.write_bytes((content.specs_dir() / "candidate.template.toml").read_bytes())
    said = wording.sentence("cli", "say", "init_written", {"file": str(file)}, wording.spoken())
    print(json.dumps({"file": str(file)}, ensure_ascii=False) if as_json else said)
