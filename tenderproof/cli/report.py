"""``tenderproof report``: the reports of a finished run, written again in any form."""

import json
from pathlib import Path

from tenderproof import review
from tenderproof.cli import finished
from tenderproof.cli.ending import WrongUse
from tenderproof.cli.signing import Signing
from tenderproof.reporting import FORMS, PRINTED
from tenderproof.result import Result


def run(folder: Path, form: str, out: Path | None, signing: Signing | None = None, *, lang: str = "", as_json: bool = False) -> None:
    """Write one form of the report to ``out`` (default: its usual name in the run's folder) and print where.

    ``lang`` (zh, en) chooses among the forms of one kind; ``signing`` signs a PDF and is wrong use with any other form.
    """
    wanted = _form(form, lang)
    path = out or folder / (PRINTED[wanted].file if wanted in PRINTED else FORMS[wanted].file)
    if signing and wanted not in PRINTED:
        raise WrongUse(f"A report is signed as PDF alone, and {wanted} was asked for; add --format pdf, or seal the run.")
    found = finished.read(folder)
    review.require_ordered(found, folder)
    written = _printed(found, folder, wanted, signing, path) if wanted in PRINTED else FORMS[wanted].render(found).encode()
    try:
        path.write_bytes(written)
    except OSError as error:
        raise WrongUse(f"The report cannot be written to {path}: {error.strerror}.") from None
    facts = {"format": wanted, "file": str(path), "kind": found.kind, **({"signer": signing.signer} if signing else {})}
    print(json.dumps(facts, ensure_ascii=False) if as_json else path)


def _form(form: str, lang: str) -> str:
    if lang not in ("", "zh", "en"):
        raise WrongUse(f"There is no report in the language {lang!r}; say --lang zh or --lang en.")
    wanted = f"{form.removesuffix('-en')}{'-en' if lang == 'en' else ''}" if lang else form
    known = [*FORMS, *PRINTED]
    if wanted not in known:
        raise WrongUse(f"There is no form {wanted!r} of the report; the forms are {', '.join(known)}.")
    return wanted


def _printed(found: Result, folder: Path, form: str, signing: Signing | None, path: Path) -> bytes:
    import hashlib

    from tenderproof.reporting import pdf

    if found.run.interrupted and signing:
        raise WrongUse("The run was interrupted and is not signed; end it with tenderproof audit --resume, then sign it.")
    if found.kind == "self_test" and signing and signing.official_seal:
        raise WrongUse("A self-test bears no seal, as it says itself; seal a laboratory's report (tenderproof audit --kind test_report).")
    if signing:
        review.require_followed(found, folder)
    octets = PRINTED[form].render(found)
    if not signing:
        return octets
    digest = hashlib.sha256(pdf.document(found)).hexdigest()
    return signing.sign(octets, found.run.id, digest, PRINTED[form].language, path)
