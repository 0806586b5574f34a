"""``tenderproof verify`` of a signed PDF: do its signatures hold, whose are they, and does it say what its attached result says."""

import hashlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from pydantic import ValidationError

from tenderproof import wording
from tenderproof.cli.ending import Exit
from tenderproof.reporting.pdf import ATTACHED
from tenderproof.result import Result
from tenderproof.seal import pdf_verification
from tenderproof.seal.pdf_verification import PdfVerification
from tenderproof.seal.signature import Party


def run(path: Path, trusted: Sequence[Party], timers: Sequence[Party], *, as_json: bool) -> NoReturn:
    """Verify and say what was found; exit 0 if the report holds, 1 if not."""
    octets = path.read_bytes()
    done = pdf_verification.verify(octets, trusted, timers)
    result = _result(done)
    print(json.dumps(facts(done, result), ensure_ascii=False) if as_json else "\n".join(_lines(done, path, result)))
    sys.exit(Exit.CONFORMANT if done.holds else Exit.NON_CONFORMANT)


def facts(done: PdfVerification, result: Result | None) -> dict[str, object]:
    """What ``verify --json`` prints of a PDF."""
    return {
        **done.told(),
        "signers": done.signers,
        "seals": done.seals,
        "unverified": done.unverified,
        "trusted": done.trusted,
        "signed": done.signed_at.isoformat() if done.signed_at else None,
        "stamped": done.moment.isoformat() if done.moment else None,
        "stamped_by_trusted": done.stamped_by_trusted,
        "attached": {name: hashlib.sha256(octets).hexdigest() for name, octets in sorted(done.attached.items())},
        "kind": result.kind if result else None,
        "decision": result.conclusion.decision.value if result else None,
    }


def _result(done: PdfVerification) -> Result | None:
    """The attached result; a report without one, or with something else, does not hold."""
    if not done.signers:
        return None
    if ATTACHED not in done.attached:
        done.found("pdf_attached_missing", file=ATTACHED)
        return None
    try:
        return Result.model_validate_json(done.attached[ATTACHED])
    except ValidationError:
        done.found("result_form", file=ATTACHED)
        return None


def _lines(done: PdfVerification, path: Path, result: Result | None) -> list[str]:
    language = wording.spoken()

    def say(code: str, section: str = "say", **values: object) -> str:
        return wording.sentence("seal", section, code, {name: str(value) for name, value in values.items()}, language)

    lines = [say(finding.code, "finding", **finding.values) for finding in done.findings]
    lines += [say("signed", signer=signer) for signer in done.signers]
    lines += [say("pdf_sealed", seal=seal) for seal in done.seals]
    if done.unverified:
        lines.append(say("pdf_unverified", count=done.unverified))
    if done.signers and done.trusted is None:
        lines.append(say("nobody_trusted"))
    if done.moment:
        lines.append(say("stamped" if done.stamped_by_trusted else "stamped_by_anybody", moment=done.moment.isoformat()))
    if result:
        words = wording.catalogue("report", language)
        lines.append(say("pdf_says", kind=words["report_kind"][result.kind], decision=words["decision"][result.conclusion.decision.value]))
    return [*lines, say("pdf_holds" if done.holds else "pdf_does_not_hold", file=path)]
