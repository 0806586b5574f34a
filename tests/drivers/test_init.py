from pathlib import Path
from typing import Any

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


@pytest.mark.parametrize("name", ["", "nowhere.Driver", "tenderproof.drivers.Nobody", "plain"])
def test_a_driver_that_is_not_there_is_the_declarations_fault(declare: Any, wire: Any, tmp_path: Path, name: str) -> None:
    chance: Any = None

    with pytest.raises(DeclarationTrouble, match=r"driver\.name"):
        drivers.load(declare({"name": name}), wire, chance, tmp_path)
