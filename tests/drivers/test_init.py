import sys
from pathlib import Path
from typing import Any, cast

import pytest

from tenderproof import drivers
from tenderproof.drivers import ContractDriver
from tenderproof.vocabulary import DeclarationTrouble


def test_the_contract_is_spoken_unless_the_declaration_names_another(declare: Any, wire: Any, tmp_path: Path) -> None:
    chance: Any = None

    assert type(drivers.load(declare(), wire, chance, tmp_path)) is ContractDriver


def test_a_vendors_driver_is_taken_by_its_dotted_path(declare: Any, wire: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(tmp_path))
    (tmp_path / "vendor.py").write_text("from tenderproof.drivers import ContractDriver\nclass Theirs(ContractDriver): ...\nx = 1\n")
    chance: Any = None

    assert type(drivers.load(declare({"name": "vendor.Theirs"}), wire, chance, tmp_path)).__name__ == "Theirs"
    with pytest.raises(DeclarationTrouble, match="no class derived"):
        drivers.load(declare({"name": "vendor.x"}), wire, chance, tmp_path)


def test_a_vendors_driver_may_lie_beside_the_declaration(declare: Any, wire: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.path", list(sys.path))
    (tmp_path / "theirs").mkdir()
    (tmp_path / "theirs" / "beside.py").write_text("from tenderproof.drivers import ContractDriver\nclass Theirs(ContractDriver): ...\n")
    candidate, chance = declare({"name": "beside:Theirs", "folder": "theirs"}), None

    assert candidate.file.parent == tmp_path
    assert type(drivers.load(candidate, wire, cast("Any", chance), tmp_path)).__name__ == "Theirs"
    assert drivers.driver_class("beside:Theirs") is drivers.driver_class("beside.Theirs")


def test_the_sources_of_a_vendors_driver_are_its_folder_its_package_or_its_module(
    declare: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.path", [str(tmp_path), *sys.path])
    text = "from tenderproof.drivers import ContractDriver\nclass Theirs(ContractDriver): ...\n"
    for name in ("single.py", "packaged/inner.py", "packaged/__init__.py", "lying/foldered.py", "lying/beside_it.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)

    def found(**driver: str) -> tuple[str, set[str]]:
        root, files = drivers.sources(declare(driver))
        return root.name, {file.relative_to(root).as_posix() for file in files}

    assert found(name="contract")[1] == found(name="openapi")[1] == set()
    assert found(name="single:Theirs") == (tmp_path.name, {"single.py"})
    assert found(name="packaged.inner:Theirs") == ("packaged", {"__init__.py", "inner.py"})
    assert found(name="foldered:Theirs", folder="lying") == ("lying", {"foldered.py", "beside_it.py"})


@pytest.mark.parametrize(
    "name", ["", "nowhere.Driver", "nowhere:Driver", "tenderproof.drivers:Nobody", "tenderproof.drivers.Nobody", "plain"]
)
def test_a_driver_that_is_not_there_is_the_declarations_fault(declare: Any, wire: Any, tmp_path: Path, name: str) -> None:
    chance: Any = None

    with pytest.raises(DeclarationTrouble, match=r"driver\.name"):
        drivers.load(declare({"name": name}), wire, chance, tmp_path)
