"""``tenderproof register``: the register of a body's certificates, as a static site and JSON."""

import json
from pathlib import Path

from tenderproof import wording
from tenderproof.certification import jose, register, site
from tenderproof.cli import days


def run(folder: Path, out: Path, key: Path, certificate: Path | None, day: str, valid_days: int, *, as_json: bool) -> None:
    """Write the register and say where; RegisterError names a certificate that does not hold, and nothing is written."""
    pen, made = jose.load(key, certificate), days.day(day)
    found = register.entries(folder, pen.party)
    files = site.write(found, pen, out, made, valid_days)
    if as_json:
        counts = {entry.certificate.number: entry.status(made).value for entry in found}
        print(json.dumps({"folder": str(out), "files": len(files), "made": made.isoformat(), "certificates": counts}, ensure_ascii=False))
        return
    print(wording.sentence("certification", "say", "written", {"folder": str(out), "count": str(len(found))}, wording.spoken()))
