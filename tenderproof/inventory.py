"""Which checks exist: read from the suites' source, without importing it.

A check is a function ``test_…`` in ``<suites>/<area>/test_<module>.py`` with a ``@clause("ID", …)`` decorator; its id is
``area/module::test_name``. Clause ids and the way must be literals, so that what is decided can be read without running anything.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tenderproof.vocabulary import Dose, Way, WrongInput

_PREFIX = "test_"
_RECORDS = "records"  # what a check takes that judges a data set instead of a platform


class InventoryError(WrongInput):
    """A suite cannot be read; the message is a sentence that names file and line."""


@dataclass(frozen=True)
class Check:
    """One check (检测项): what it decides, by which way it looks, and where it stands (``file`` relative to the suites folder).

    One that does not acquit may convict and does nothing else.
    ``of_records``: it judges a data set (`record_checks`) and no platform. ``waits``: it takes long.
    """

    id: str
    clauses: tuple[str, ...]
    way: Way
    title: str
    file: str
    line: int
    acquits: bool = True
    of_records: bool = False
    intrusive: bool = False
    waits: bool = False

    @property
    def dose(self) -> Dose:
        """What a run must be allowed for it: whatever acts in a sandbox is more than passive."""
        if self.intrusive:
            return Dose.INTRUSIVE
        return Dose.STANDARD if self.way is Way.SANDBOX else Dose.PASSIVE

    @property
    def area(self) -> str:
        """The area whose folder it stands in."""
        return self.id.partition("/")[0]

    @property
    def module(self) -> str:
        """The subject of the file in which it stands: its name without ``test_``."""
        return self.id.partition("/")[2].partition("::")[0]


def checks(suites: Path) -> tuple[Check, ...]:
    """All checks of platforms under a suites folder, in the order of their ids; InventoryError where a suite cannot be read."""
    return tuple(check for check in every(suites) if not check.of_records)


def record_checks(suites: Path) -> tuple[Check, ...]:
    """All checks of data sets (those that take ``records``), likewise."""
    return tuple(check for check in every(suites) if check.of_records)


def every(suites: Path) -> list[Check]:
    """All checks, of platforms and of data sets, likewise."""
    found = [check for path in sorted(suites.glob("*/test_*.py")) for check in _in_file(path, suites)]
    return sorted(found, key=lambda check: check.id)


def check_id(nodeid: str) -> str:
    """The id of a check from pytest's node id relative to the suites folder (``area/test_module.py::test_name``)."""
    path, _, name = nodeid.partition("::")
    area, _, module = path.rpartition("/")
    return f"{area.rpartition('/')[2]}/{module.removeprefix(_PREFIX).removesuffix('.py')}::{name}"


def base(check: str) -> str:
    """The check of a case of it (``name[case]``)."""
    return check.partition("[")[0]


def file_of(check: str) -> str:
    """The file of a check, relative to the suites folder, from its id."""
    module = check.partition("::")[0]
    area, _, name = module.partition("/")
    return f"{area}/{_PREFIX}{name}.py"


def _in_file(path: Path, suites: Path) -> Iterator[Check]:
    try:
        tree = ast.parse(path.read_text("utf-8"))
    except (SyntaxError, UnicodeDecodeError) as error:
        raise InventoryError(f"{path}, line {getattr(error, 'lineno', 1)}: this suite cannot be read: {error}.") from error
    relative = path.relative_to(suites).as_posix()
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name.startswith(_PREFIX):
            marks = [_clause(mark, path) for mark in node.decorator_list if _is_clause(mark)]
            if not marks:
                raise InventoryError(f"{path}, line {node.lineno}: {node.name} names no clause; a check stands on one (@clause).")
            title = (ast.get_docstring(node) or "").strip().split("\n\n")[0].replace("\n", " ")
            clauses = tuple(dict.fromkeys(clause for mark in marks for clause in mark[0]))
            acquits = all(mark[2] for mark in marks)
            of_records = _RECORDS in {argument.arg for argument in node.args.args}
            intrusive = any(mark[3] for mark in marks)
            identifier = check_id(f"{relative}::{node.name}")
            waits = any(isinstance(mark, ast.Attribute) and mark.attr == "waits" for mark in node.decorator_list)
            yield Check(identifier, clauses, marks[0][1], title, relative, node.lineno, acquits, of_records, intrusive, waits)


def _is_clause(mark: ast.expr) -> bool:
    return isinstance(mark, ast.Call) and isinstance(mark.func, ast.Name) and mark.func.id == "clause"


def _clause(mark: ast.expr, path: Path) -> tuple[tuple[str, ...], Way, bool, bool]:
    assert isinstance(mark, ast.Call)  # noqa: S101 - _is_clause has seen to it
    try:
        ids = tuple(str(ast.literal_eval(argument)) for argument in mark.args)
        options = {keyword.arg: ast.literal_eval(keyword.value) for keyword in mark.keywords}
        intrusive = Dose(options.get("dose") or Dose.STANDARD) is Dose.INTRUSIVE
        return ids, Way(options.get("way", "sandbox")), options.get("acquits", True) is True, intrusive
    except ValueError as error:
        raise InventoryError(f"{path}, line {mark.lineno}: clause ids, way and dose must be literals, way and dose of ours.") from error
