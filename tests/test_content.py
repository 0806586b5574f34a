import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tenderproof import content

CHECKOUT = Path(__file__).parents[1]
FOLDERS = ("fixtures", "reports", "specs", "suites")


def test_a_checkout_is_its_own_content() -> None:
    assert content.content_root() == CHECKOUT
    assert [content.fixtures_dir(), content.reports_dir(), content.specs_dir(), content.suites_dir()] == [
        CHECKOUT / folder for folder in FOLDERS
    ]


def test_the_edition_is_what_the_marker_says() -> None:
    assert content.edition() == (CHECKOUT / "specs" / "EDITION").read_text("utf-8").strip() != ""


def test_a_copy_inside_the_package_never_hides_the_checkout(tmp_path: Path) -> None:
    package = _package(tmp_path, "pyproject.toml", "specs/EDITION", "tenderproof/content/specs/EDITION")

    assert content._content_of(package) == tmp_path


def test_a_folder_beside_an_installed_package_is_not_its_content(tmp_path: Path) -> None:
    package = _package(tmp_path, "specs/EDITION", "tenderproof/content/specs/EDITION")

    assert content._content_of(package) == package / "content"


def test_a_package_without_content_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(content.ContentError, match=r"^No content found for .* Install tenderproof again\.$"):
        content._content_of(_package(tmp_path, "pyproject.toml"))


@pytest.fixture(scope="module")
def unpacked_wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this checkout, built and unpacked as an installer does."""
    built, unpacked = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("site")
    subprocess.run([sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", built], cwd=CHECKOUT, check=True)
    (wheel,) = built.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(unpacked)
    return unpacked


def test_a_wheel_finds_the_content_that_it_carries(unpacked_wheel: Path, tmp_path: Path) -> None:
    asked = "from tenderproof import content; print(content.content_root())"
    program = f"import sys; sys.path.insert(0, {str(unpacked_wheel)!r}); {asked}"
    answer = subprocess.run([sys.executable, "-I", "-c", program], cwd=tmp_path, check=True, capture_output=True, text=True)

    assert Path(answer.stdout.strip()) == unpacked_wheel / "tenderproof" / "content"


def test_a_wheel_carries_the_content_file_by_file(unpacked_wheel: Path) -> None:
    inside = unpacked_wheel / "tenderproof" / "content"
    carried = [str(path.relative_to(inside)) for path in inside.rglob("*") if path.is_file()]

    assert _digests(inside, carried) == _digests(CHECKOUT, _kept_files())


def test_a_wheel_carries_the_engine_and_nothing_beside_it(unpacked_wheel: Path) -> None:
    assert {path.name.partition("-")[0] for path in unpacked_wheel.iterdir()} == {"tenderproof"}
    assert (unpacked_wheel / "tenderproof" / "py.typed").is_file()


def test_an_audit_from_a_wheel_outside_the_checkout_comes_to_the_expected_verdicts(unpacked_wheel: Path, tmp_path: Path) -> None:
    program = "from tenderproof import cli, content; print(content.content_root(), flush=True); cli.main()"
    expected = unpacked_wheel / "tenderproof" / "content" / "fixtures" / "federation" / "expected" / "trading-record.json"
    asked = ["audit", "--reference", "--plan", "trading-record", "--out", str(tmp_path / "out"), "--expect", str(expected)]
    environment = {**os.environ, "PYTHONPATH": str(unpacked_wheel)}
    done = subprocess.run(
        [sys.executable, "-c", program, *asked], cwd=tmp_path, env=environment, check=False, capture_output=True, text=True
    )

    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.startswith(f"{unpacked_wheel / 'tenderproof' / 'content'}\n")


def _package(root: Path, *files: str) -> Path:
    """A package folder with these files around and in it."""
    (root / "tenderproof").mkdir()
    for name in files:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("2026.1\n")
    return root / "tenderproof"


def _kept_files() -> list[str]:
    """The content files that belong to the project: what git does not ignore."""
    asked = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", *FOLDERS]
    named = subprocess.run(asked, cwd=CHECKOUT, check=True, capture_output=True, text=True).stdout
    return [name for name in named.split("\0") if (CHECKOUT / name).is_file()]


def _digests(root: Path, names: list[str]) -> dict[str, str]:
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in names}
