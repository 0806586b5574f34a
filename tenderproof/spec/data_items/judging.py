"""Judge data objects (数据项检测): pure functions, an object at a time, so that files of any length can be judged as they are read."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tenderproof.spec.data_items.catalogue import DataObject
from tenderproof.spec.data_items.faults import REMARKS, Fault


@dataclass(frozen=True)
class Finding:
    """A fault of one item of an object, which is named by its code; ``value`` is what stands there, None where nothing does."""

    code: str
    item: str
    fault: Fault
    value: object

    @property
    def convicts(self) -> bool:
        """Whether it is a violation, and no mere remark."""
        return self.fault not in REMARKS


def findings(kind: DataObject, items: Mapping[str, object]) -> Iterator[Finding]:
    """All that is wrong with one object, in the order of the annex, then what is no item of it."""
    for field in kind.fields:
        if field.id not in items:
            if field.required:
                yield Finding(kind.code, field.id, Fault.MISSING, None)
        elif fault := field.fault(items[field.id]):
            yield Finding(kind.code, field.id, fault, items[field.id])
    for item in items:
        if item not in kind.by_id:
            yield Finding(kind.code, item, Fault.UNKNOWN, items[item])


def all_findings(objects: Mapping[str, DataObject], given: Iterable[tuple[str, Mapping[str, object]]]) -> Iterator[tuple[int, Finding]]:
    """All that is wrong with objects, each given by its code, with its place among them; an unknown code is a finding itself."""
    for place, (code, items) in enumerate(given):
        if code not in objects:
            yield place, Finding(code, "", Fault.UNKNOWN, None)
            continue
        for finding in findings(objects[code], items):
            yield place, finding
