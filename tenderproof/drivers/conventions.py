"""How a platform refuses, where it does not refuse by status: 200 with a refusal in the body, as its declaration says."""

from collections.abc import Mapping, Sequence
from typing import Any

from tenderproof.candidate import Convention
from tenderproof.evidence.wire import Response
from tenderproof.vocabulary import PlatformTrouble


def refused_in_body(content: Any, convention: Convention | None) -> str | None:
    """The code of a refusal that comes with status 200; None if it is none, or no such convention is declared."""
    if convention is None:
        return None
    result = _at(content, convention.path)
    if result in convention.success:
        return None
    code = _at(content, convention.code) if convention.code else result
    if code is None:
        raise PlatformTrouble(f"The answer says neither success nor refusal at {'.'.join(convention.path)}: {str(content)[:200]}")
    return str(code)


def refused_instead(response: Response, convention: Convention | None) -> str | None:
    """The code of a refusal that came in the place of a file; None if it is none: a file need not speak of success."""
    if convention is None or "json" not in (response.header("content-type") or ""):
        return None
    try:
        return refused_in_body(response.json(), convention)
    except PlatformTrouble:
        return None


def _at(content: Any, path: Sequence[str]) -> Any:
    for name in path:
        if not isinstance(content, Mapping):
            return None
        content = content.get(name)
    return content
