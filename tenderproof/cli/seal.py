"""``tenderproof seal``: the bundle of a finished run."""

import json
from pathlib import Path

from tenderproof import review, wording
from tenderproof.cli import finished
from tenderproof.cli.ending import WrongUse
from tenderproof.seal import sealing, signature

SUFFIX = ".bundle.zip"


def run(folder: Path, key: Path, certificate: Path | None, timestamp: str, out: Path | None, *, as_json: bool) -> None:
    """Seal the run and say where the bundle lies."""
    found = finished.read(folder)
    if found.run.interrupted:
        raise WrongUse(f"The run in {folder} was interrupted; end it with tenderproof audit --resume {folder}, then seal it.")
    review.require_followed(found, folder)
    path = out or folder.resolve().with_name(folder.resolve().name + SUFFIX)
    sealed = sealing.seal(folder, found, signature.load_sealer(key, certificate), path, timestamp)
    facts = {
        "bundle": str(sealed.path), "root": sealed.root, "files": sealed.files, "octets": sealed.octets, "signer": sealed.signer,
        "stamped": bool(timestamp),
    }  # fmt: skip
    if as_json:
        print(json.dumps(facts, ensure_ascii=False))
        return
    print(wording.sentence("seal", "say", "sealed", {name: str(value) for name, value in facts.items()}, wording.spoken()))
