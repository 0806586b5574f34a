"""``tenderproof report``: the reports of a finished run, written again in any form."""

import json
from pathlib import Path

from tenderproof.cli import finished
from tenderproof.cli.ending import WrongUse
from tenderproof.reporting import FORMS


def run(folder: Path, form: str, out: Path | None, *, as_json: bool = False) -> None:
    """Write one form of the report to ``out`` (default: its usual name in the run's folder) and print where."""
    if form not in FORMS:
        raise WrongUse(f"There is no form {form!r} of the report; the forms are {', '.join(FORMS)}.")
    text = FORMS[form].render(finished.read(folder))
    path = out or folder / FORMS[form].file
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise WrongUse(f"The report cannot be written to {path}: {error.strerror}.") from None
    print(json.dumps({"format": form, "file": str(path)}, ensure_ascii=False) if as_json else path)
