"""Where in a YAML file a key stands, so that an error can name the line."""

from collections.abc import Sequence
from pathlib import Path

import yaml


def line_of(path: Path, keys: Sequence[str | int]) -> int:
    """The line (from 1) of the deepest part of ``keys`` that ``path`` holds; 1 if it holds none of them."""
    node = yaml.compose(path.read_text(encoding="utf-8"), Loader=yaml.SafeLoader)
    line = 1
    for key in keys:
        entry = _entry(node, key)
        if entry is None:
            break
        line, node = entry
    return line


def _entry(node: yaml.Node | None, key: str | int) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        return next(((k.start_mark.line + 1, v) for k, v in node.value if k.value == str(key)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        item: yaml.Node = node.value[key]
        return item.start_mark.line + 1, item
    return None
