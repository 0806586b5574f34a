import json
import shutil
from pathlib import Path

import pytest

from tenderproof import content
from tenderproof.seal import contents
from tenderproof.seal.contents import ContentsError

from . import bundles


@pytest.fixture
def run(tmp_path: Path) -> Path:
    return Path(shutil.copytree(bundles.run(), tmp_path / "run"))


def test_nothing_private_goes_into_a_bundle(run: Path) -> None:
    found = contents.of_run(run)

    assert {"result.json", "environment.json", "declaration.json", "checks-1.txt"} < found.keys()
    assert any(name.endswith(".warc.gz") for name in found)
    assert not [name for name in found if "private" in name or name.endswith((".pem", ".key", ".log"))]


@pytest.mark.parametrize("name", ["result.json", "environment.json", "declaration.json"])
def test_a_run_that_lacks_something_is_named(run: Path, name: str) -> None:
    (run / name).unlink()

    with pytest.raises(ContentsError, match=f"lacks {name}"):
        contents.of_run(run)


def test_a_link_is_refused(run: Path) -> None:
    (run / "evidence" / "more.warc.gz").symlink_to("/etc/hostname")

    with pytest.raises(ContentsError, match="is a link"):
        contents.of_run(run)


def test_the_specification_is_there_with_every_clause_and_the_plan() -> None:
    found = contents.of_specification(bundles.result(), content.specs_dir())
    listed = json.loads(found[contents.CLAUSES])

    assert found["specs/plans/trading-1.yaml"] == (content.specs_dir() / "plans" / "trading-1.yaml").read_bytes()
    assert {clause.id: clause.words_sha256 for clause in bundles.result().clauses}.items() <= listed["clauses"].items()


def test_a_run_of_another_edition_or_of_other_words_is_not_sealed() -> None:
    found = bundles.result()
    other_edition = found.model_copy(update={"basis": found.basis.model_copy(update={"edition": "1999.1"})})
    first = found.clauses[0].model_copy(update={"words_sha256": "0" * 64})
    other_words = found.model_copy(update={"clauses": (first, *found.clauses[1:])})

    for other, said in ((other_edition, "edition 1999.1"), (other_words, f"its clause {first.id} has other words")):
        with pytest.raises(ContentsError, match=said):
            contents.of_specification(other, content.specs_dir())
