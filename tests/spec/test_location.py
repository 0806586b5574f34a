"""The line on which a key of a YAML file stands."""

from pathlib import Path

import pytest

from tenderproof.spec.location import line_of

TEXT = """\
id: trading-1
rule:
  - group: items
    stars: [1, 2]
  - group: law
clauses:
  items: [A-01]
"""


@pytest.mark.parametrize(
    ("keys", "line"),
    [
        ([], 1),
        (["id"], 1),
        (["rule"], 2),
        (["rule", 0, "stars"], 4),
        (["rule", 1], 5),
        (["clauses", "items", 0], 7),
        (["rule", 7], 2),
        (["clauses", "unknown"], 6),
        (["unknown"], 1),
    ],
)
def test_the_deepest_key_that_the_file_holds_is_named(tmp_path: Path, keys: list[str | int], line: int) -> None:
    path = tmp_path / "plan.yaml"
    path.write_text(TEXT, encoding="utf-8")

    assert line_of(path, keys) == line
