"""What a passive run performs only reads: no check of another way than the sandbox holds an instrument that acts."""

import ast
from pathlib import Path

from tenderproof import content, inventory
from tenderproof.vocabulary import Dose

_ROLES = {"tenderee", "agency", "bidder", "expert", "verifier", "administrator", "auditor", "supervisor"}
_ACTING = _ROLES | {"stories", "identities", "clock", "views", "lives", "line", "interface", "bid_tool", "expert_bases", "exchange"}


def test_no_passive_check_holds_an_instrument_that_acts() -> None:
    suites = content.suites_dir()
    passive = [check for check in inventory.checks(suites) if check.dose is Dose.PASSIVE]

    assert len(passive) > 10
    assert {check.id: held for check in passive if (held := _held(suites / check.file, check.id) & _ACTING)} == {}


def _held(file: Path, check: str) -> set[str]:
    """The fixtures that a check takes."""
    tree, name = ast.parse(file.read_text("utf-8")), check.partition("::")[2]
    return {argument.arg for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == name for argument in node.args.args}
