"""Where one can go from an answer: which operations follow, and where what they need is found."""

import re

from contract.operations import Content, operations

_NEEDED = re.compile(r"{(\w+)}")


def link(paths: Content, name: str, targets: list[str]) -> None:
    """Write into the answer of an operation how to go on to others."""
    known = {said["operationId"]: (path, said) for path, _, said in operations(paths)}
    path, said = known[name]
    answer = next(answer for status, answer in said["responses"].items() if status.startswith("2"))
    answer["links"] = {target: _link(target, known[target][0], path) for target in targets}


def _link(target: str, needs: str, path: str) -> Content:
    given = set(_NEEDED.findall(path))
    found = {name: f"$request.path.{name}" if name in given else "$response.body#/id" for name in _NEEDED.findall(needs)}
    return {"operationId": target, **({"parameters": found} if found else {})}
