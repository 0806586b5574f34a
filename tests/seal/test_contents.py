"""What goes into a bundle, and the specification that the run was judged against."""

import json
import shutil
from pathlib import Path

import pytest

from tenderproof import content, result
from tenderproof.seal import contents
from tenderproof.seal.contents import ContentsError

from .conftest import Bundled


def test_everything_that_is_published_goes_in_and_nothing_else(bundled: Bundled) -> None:
    assert sorted(contents.of_run(bundled.run)) == [
        "checks-1.txt", "declaration.json", "environment.json",
        "evidence/gw0-1.sealed", "evidence/gw0-1.warc.gz", "evidence/gw1-1.sealed", "evidence/gw1-1.warc.gz",
        "journal/gw0-1.jsonl", "journal/gw1-1.jsonl", "result.json",
    ]  # fmt: skip


def test_the_edition_goes_in_with_the_hash_of_each_clause(bundled: Bundled) -> None:
    found = result.read(bundled.run / "result.json")
    made = contents.of_specification(found, content.specs_dir())
    listed = json.loads(made["specs/clauses.json"])

    assert sorted(made) == ["specs/clauses.json", "specs/plans/trading-3.yaml"]
    assert listed["edition"] == content.edition()
    assert listed["clauses"]["EB-27-3"] == found.clauses[0].words_sha256


def test_a_run_that_was_judged_by_other_words_is_not_sealed(bundled: Bundled) -> None:
    found = result.read(bundled.run / "result.json")
    other = found.clauses[0].model_copy(update={"words_sha256": "00" * 32})

    with pytest.raises(ContentsError, match="its clause EB-27-3 has other words"):
        contents.of_specification(found.model_copy(update={"clauses": [other]}), content.specs_dir())
    basis = found.basis.model_copy(update={"edition": "1999.1"})
    with pytest.raises(ContentsError, match=r"judged by edition 1999\.1"):
        contents.of_specification(found.model_copy(update={"basis": basis}), content.specs_dir())


def test_a_run_of_an_earlier_version_gets_a_sentence(bundled: Bundled, tmp_path: Path) -> None:
    run = Path(shutil.copytree(bundled.run, tmp_path / "run"))
    (run / "declaration.json").unlink()

    with pytest.raises(ContentsError, match=r"lacks declaration\.json"):
        contents.of_run(run)


def test_a_link_does_not_lead_foreign_files_into_a_bundle(bundled: Bundled, tmp_path: Path) -> None:
    run = Path(shutil.copytree(bundled.run, tmp_path / "run"))
    (run / "evidence/passwords").symlink_to("/etc/passwd")

    with pytest.raises(ContentsError, match="is a link"):
        contents.of_run(run)
