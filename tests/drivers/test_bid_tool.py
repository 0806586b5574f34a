import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tenderproof.drivers.bid_tool import DeclaredTool
from tenderproof.vocabulary import DeclarationTrouble, PlatformTrouble

Tool = Callable[[str], DeclaredTool]


@pytest.fixture
def tool(tmp_path: Path, driver: Any) -> Tool:
    """A tool that is a line of Python with ``asked`` at hand, and prints its answer."""

    def make(line: str) -> DeclaredTool:
        script = tmp_path / "tool.py"
        script.write_text(f"import json, sys\nasked = json.load(sys.stdin)\nprint({line})\n")
        return DeclaredTool([sys.executable, str(script)], tmp_path / "private", driver.chance)

    return make


def test_each_step_has_its_answer_and_each_workspace_is_a_folder_of_its_own(tool: Tool) -> None:
    made = tool("json.dumps({'answers': [{'did': one['step'], 'in': asked['workspace']} for one in asked['steps']]})")
    one, other = made.workspace(), made.workspace()
    first, second = made.do(one, {"step": "list"}, {"step": "read", "draft": "a"})

    assert [first.get("did"), second.get("did"), second.get("in")] == ["list", "read", one]
    assert one != other
    assert Path(one).is_dir()


@pytest.mark.parametrize("said", ["'no json'", "json.dumps([])", "json.dumps({'answers': 1})", "json.dumps({'answers': []})"])
def test_another_form_of_answer_is_the_platforms_trouble(tool: Tool, said: str) -> None:
    with pytest.raises(PlatformTrouble, match="bid tool"):
        tool(said).do("folder", {"step": "list"})


def test_a_tool_that_does_not_run_is_the_declarations(tool: Tool) -> None:
    with pytest.raises(DeclarationTrouble, match="bid tool"):
        tool("sys.exit('broken')").do("folder", {"step": "list"})
