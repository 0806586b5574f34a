"""On which line a key of a TOML file stands."""

import pytest

from tenderproof.candidate.lines import line_of

TEXT = """\
top = 1
[a]
b = { c = 1 }

[[list]]
x = 1
[[list]]
x = 2
[a.d]
e = 1
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [(["top"], 1), (["a"], 2), (["a", "b"], 3), (["a", "b", "c"], 3), (["list", 0, "x"], 6), (["list", 1], 7), (["list", 1, "x"], 8),
     (["a", "d", "e"], 10), (["list", 1, "missing"], 7), (["nowhere"], 1), ([], 1)],
    ids=str,
)  # fmt: skip
def test_the_deepest_part_of_a_path_is_found(path: list[str | int], line: int) -> None:
    assert line_of(TEXT, path) == line
