"""``tenderproof verify``: does a bundle hold, and if not, where."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from tenderproof import wording
from tenderproof.cli import verify_pdf
from tenderproof.cli.ending import Exit
from tenderproof.seal import pdf_verification, signature, verification
from tenderproof.seal.verification import Verification

_NAMED = 20  # withheld records that are named one by one; JSON names all


def run(bundle: Path, trust: Sequence[Path], trust_time: Sequence[Path], *, as_json: bool) -> None:
    """Verify and say what was found; exit 0 if the bundle holds, 1 if not."""
    trusted, timers = list(map(signature.load_party, trust)), list(map(signature.load_party, trust_time))
    if pdf_verification.is_pdf(bundle):
        verify_pdf.run(bundle, trusted, timers, as_json=as_json)
    done = verification.verify(bundle, trusted, timers)
    print(json.dumps(facts(done), ensure_ascii=False) if as_json else "\n".join(_lines(done, bundle)))
    sys.exit(Exit.CONFORMANT if done.holds else Exit.NON_CONFORMANT)


def facts(done: Verification) -> dict[str, object]:
    """What ``verify --json`` prints."""
    return {
        **done.told(),
        "withheld": [{"file": file, "number": number} for file, number in done.withheld],
        "files": done.files,
        "octets": done.octets,
        "root": done.root,
        "signer": done.signer,
        "trusted": done.trusted,
        "stamped": done.moment.isoformat() if done.moment else None,
        "stamped_by_trusted": done.stamped_by_trusted,
    }


def _lines(done: Verification, bundle: Path) -> list[str]:
    language = wording.spoken()

    def say(code: str, section: str = "say", **values: object) -> str:
        return wording.sentence("seal", section, code, {name: str(value) for name, value in values.items()}, language)

    lines = [say(finding.code, "finding", **finding.values) for finding in done.findings]
    lines += [say("withheld", file=file, number=number) for file, number in done.withheld[:_NAMED]]
    if len(done.withheld) > _NAMED:
        lines.append(say("withheld_more", count=len(done.withheld) - _NAMED))
    if done.signer:
        lines.append(say("signed", signer=done.signer))
    if done.signer and done.trusted is None:
        lines.append(say("nobody_trusted"))
    if done.moment:
        lines.append(say("stamped" if done.stamped_by_trusted else "stamped_by_anybody", moment=done.moment.isoformat()))
    return [*lines, say("holds" if done.holds else "does_not_hold", bundle=bundle, files=done.files, root=done.root)]
