"""What a platform answers: accepted or refused, why, and what came back."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any, ClassVar, Generic, Self, TypeVar, cast, overload

from tenderproof.vocabulary import Missing, PlatformTrouble

T = TypeVar("T")
_SHOWN = 400  # characters of an answer in a message


class UnknownRefusal(str):
    """A refusal of which a driver knows that it is one, and not which: whoever asks for its reason gets Missing, and nothing is decided."""

    __slots__ = ()

    def __eq__(self, other: object) -> bool:
        raise self._missing()

    def __ne__(self, other: object) -> bool:
        raise self._missing()

    def __hash__(self) -> int:
        raise self._missing()

    def _missing(self) -> Missing:
        return Missing(f"the driver has no word for the platform's refusal {self.__str__()}, on whose reason this depends")


@dataclass(frozen=True)
class FieldError:
    """Which field of a content was refused, and why (RFC 9457 extension ``errors``)."""

    field: str
    reason: str


@dataclass(frozen=True, repr=False)
class Answer(Generic[T]):
    """The answer to one operation. ``act`` says who wanted what; ``refused_because`` is the refusal's stable code, None if accepted.

    ``words`` is what the platform tells the person; ``raw`` the whole answer; ``sent`` the octets of what was asked, where a driver tells;
    ``seconds`` how long the answer took, 0 where it does not.
    """

    act: str
    given: T | None = None
    refused_because: str | None = None
    errors: tuple[FieldError, ...] = ()
    words: str = ""
    status: int = 0
    raw: Any = None
    sent: bytes = field(default=b"", repr=False)
    seconds: float = field(default=0.0, repr=False, compare=False)

    @property
    def accepted(self) -> bool:
        """Whether the platform did what was asked."""
        return self.refused_because is None

    @property
    def refused(self) -> bool:
        """Whether the platform refused."""
        return not self.accepted

    @property
    def value(self) -> T:
        """What came back. PlatformTrouble if the act was refused: a step that a story needs and does not get is no verdict."""
        if self.refused_because is not None:
            raise PlatformTrouble(f"The set-up was refused: {self!r}")
        return cast("T", self.given)  # None stands there only where T is None

    def require(self) -> None:
        """The step must have been accepted, whatever came back; PlatformTrouble if it was not."""
        self.value  # noqa: B018 - asking for it is what requires acceptance

    @property
    def faulty_fields(self) -> frozenset[str]:
        """The names of the fields that the refusal blames."""
        return frozenset(error.field for error in self.errors)

    def __bool__(self) -> bool:
        raise TypeError("An answer is neither true nor false: ask for .accepted, .refused or .refused_because.")

    def __repr__(self) -> str:
        if self.refused_because is None:
            return f"<{self.act}: accepted ({self.status}) {_short(self.given)}>"
        fields = "".join(f"; {error.field}: {error.reason}" for error in self.errors)
        return f"<{self.act}: refused ({self.status}) because {self.refused_because}{fields} {self.words!r}>"


def _short(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _SHOWN else f"{shown[:_SHOWN]}…"


class Record:
    """Something that a platform gave us, read in the field's terms; ``raw`` is all that came.

    A field that is asked for and did not come, or is malformed, is the platform's trouble (errored, never a verdict); whether it
    came is asked by ``says``, and that can be asserted.
    """

    needed: ClassVar[tuple[str, ...]] = ()
    """Fields without which the answer is none."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.raw = raw

    @classmethod
    def read(cls, raw: Any) -> Self:
        """Read an answer; PlatformTrouble if it is no object or lacks what makes it one."""
        if not isinstance(raw, Mapping):
            raise PlatformTrouble(f"The platform answered with {_short(raw)} where a {cls.__name__} was due.")
        absent = [name for name in cls.needed if raw.get(name) in (None, "")]
        if absent:
            raise PlatformTrouble(f"The platform's {cls.__name__} lacks {', '.join(absent)}: {_short(dict(raw))}")
        return cls(raw)

    def get(self, path: str, default: Any = None) -> Any:
        """What stands at a dotted path, as it came; ``default`` if nothing does."""
        value: Any = self.raw
        for name in path.split("."):
            if not isinstance(value, Mapping) or name not in value:
                return default
            value = value[name]
        return value

    def says(self, *paths: str) -> bool:
        """Whether every one of these fields came, and is not blank."""
        return all(self.get(path) not in (None, "", [], {}) for path in paths)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Record) and self.raw == other.raw

    def __hash__(self) -> int:
        return hash(str(self.raw.get("id", sorted(self.raw))))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({_short(dict(self.raw))})"


class Field(ABC, Generic[T]):
    """A field of a record, read when it is asked for."""

    name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @overload
    def __get__(self, record: None, owner: type) -> Self: ...
    @overload
    def __get__(self, record: Record, owner: type) -> T: ...
    def __get__(self, record: Record | None, owner: type) -> Self | T:
        if record is None:
            return self
        value = record.get(self.name)
        if value is None:
            raise PlatformTrouble(f"The platform's {owner.__name__} lacks {self.name}: {record!r}")
        try:
            return self.of(value)
        except (ValueError, TypeError, InvalidOperation) as error:
            raise PlatformTrouble(f"In the platform's {owner.__name__}, {self.name} is malformed: {value!r}") from error

    @abstractmethod
    def of(self, value: Any) -> T:
        """The value in its type; ``ValueError`` or ``TypeError`` if it is none."""


class Text(Field[str]):
    """A text or a code."""

    def of(self, value: Any) -> str:
        """A string."""
        if not isinstance(value, str):
            raise TypeError(value)
        return value


class Flag(Field[bool]):
    """Yes or no."""

    def of(self, value: Any) -> bool:
        """A boolean."""
        if not isinstance(value, bool):
            raise TypeError(value)
        return value


class Number(Field[int]):
    """A count."""

    def of(self, value: Any) -> int:
        """A whole number."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise TypeError(value)
        return value


class Moment(Field[datetime]):
    """An instant, with its zone (RFC 3339)."""

    def of(self, value: Any) -> datetime:
        """An aware datetime."""
        found = datetime.fromisoformat(value)
        if found.tzinfo is None:
            raise ValueError(value)
        return found


def moment(said: Any) -> datetime | None:
    """A moment that stands in something that was read, as it came there (RFC 3339); None if none did."""
    return datetime.fromisoformat(str(said)) if said else None


class Amount(Field[Decimal]):
    """An amount in yuan, exact."""

    def of(self, value: Any) -> Decimal:
        """A decimal; a binary fraction is none."""
        if isinstance(value, float | bool):
            raise TypeError(value)
        return Decimal(value)


class Items(Field[tuple[Any, ...]]):
    """A list, as it came."""

    def of(self, value: Any) -> tuple[Any, ...]:
        """A tuple."""
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(value)


R = TypeVar("R", bound=Record)


class One(Field[R]):
    """A record within a record."""

    def __init__(self, kind: type[R]) -> None:
        self._kind = kind

    def of(self, value: Any) -> R:
        """The inner record."""
        return self._kind.read(value)


class Many(Field[tuple[R, ...]]):
    """Records within a record."""

    def __init__(self, kind: type[R]) -> None:
        self._kind = kind

    def of(self, value: Any) -> tuple[R, ...]:
        """The inner records."""
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(self._kind.read(part) for part in value)
