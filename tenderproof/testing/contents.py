"""What an actor hands in (a notice, a document, a registration): a mapping of which a check can change just one field."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any


class Content(Mapping[str, Any]):
    """An immutable content in the contract's terms; moments are aware datetimes, amounts ``Decimal`` in yuan.

    Fields within fields are named by dotted paths: ``notice.without("content.platform_url")``.
    """

    def __init__(self, fields: Mapping[str, Any] | None = None, **more: Any) -> None:
        self._fields: dict[str, Any] = {**(fields or {}), **more}

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._fields)

    def __len__(self) -> int:
        return len(self._fields)

    def __repr__(self) -> str:
        return f"Content({self._fields!r})"

    def at(self, path: str) -> Any:
        """What stands at a dotted path; ``KeyError`` if nothing does."""
        value: Any = self
        for name in path.split("."):
            value = value[name]
        return value

    def but(self, **fields: Any) -> "Content":
        """The same with other values for these fields of the first level."""
        return Content({**self._fields, **fields})

    def putting(self, path: str, value: Any) -> "Content":
        """The same with another value at a dotted path (made if it is not there)."""
        head, _, rest = path.partition(".")
        if not rest:
            return self.but(**{head: value})
        return self.but(**{head: Content(self._fields.get(head) or {}).putting(rest, value)})

    def without(self, *paths: str) -> "Content":
        """The same without these fields; ``KeyError`` if one is not there, for a check would then try nothing."""
        found = self
        for path in paths:
            head, _, rest = path.partition(".")
            if rest:
                found = found.but(**{head: Content(found[head]).without(rest)})
            elif head in found:
                found = Content({name: value for name, value in found.items() if name != head})
            else:
                raise KeyError(path)
        return found


def plain(value: Any) -> Any:
    """The JSON form of a content: moments as RFC 3339, amounts as decimal strings with two decimals."""
    match value:
        case datetime():
            return value.isoformat()
        case Decimal():
            return f"{value:.2f}"
        case Mapping():
            return {str(name): plain(part) for name, part in value.items()}
        case list() | tuple() | set() | frozenset():
            return [plain(part) for part in value]
        case _:
            return value
