"""What checks may know of the papers: the facts of each document that counts, and why another counts as absent; written before they run."""

import json
from pathlib import Path

from tenderproof.dossier import examination
from tenderproof.dossier.desk import Desk


def write(desk: Desk, path: Path) -> Path:
    """Examine the candidate's papers and write what came of its documents; the path."""
    taken = examination.examine(desk)
    absent = [{"kind": paper.kind, "code": paper.fault.code, "file": paper.file} for paper in taken.papers if paper.fault is not None]
    counting = {kind: dict(facts) for kind, facts in taken.documents.items()}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"documents": counting, "absent": absent}, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return path
