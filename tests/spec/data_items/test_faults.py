"""What can be wrong with a data item."""

from tenderproof.spec.data_items.faults import BEYOND_SCHEMAS, REMARKS, Fault


def test_whoever_is_remarked_on_is_judged_by_no_schema() -> None:
    assert REMARKS < BEYOND_SCHEMAS < set(Fault)


def test_what_a_schema_shows_comes_before_what_it_cannot_show() -> None:
    order = list(Fault)

    assert {order.index(fault) for fault in BEYOND_SCHEMAS} == set(range(len(order) - len(BEYOND_SCHEMAS), len(order)))
