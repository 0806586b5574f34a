"""A tender's acts come in the order of the law (招标投标活动的法定程序): tried in any order, held against the law's model of its life."""

import pytest

from tenderproof.testing import Extent, Ground, Lives, Plan, clause, lifecycle


@clause(
    "EB-27-1", "EB-27-3", "EB-27-5", "EB-29-1", "EB-30-2", "EB-32-1", "EB-35-1", "EB-36-1", "EB-36-2", "EB-39-1", "EB-49-3", acquits=False
)
@clause("LAW-TL-23", "LAW-TL-28", "LAW-TL-34", "LAW-TL-45", "LAW-TL-46", "LAW-RG-21", "LAW-RG-22", "LAW-RG-36", acquits=False)
@clause("LAW-RG-54-1", "LAW-RG-54-2", "LAW-RG-55", "HN-2.1-08", acquits=False)
@clause("A-91", "A-92", "A-99", "A-109", "A-195", "A-196", "A-198", "B-012", "B-016", "B-018", "B-027", "B-030", acquits=False)
@clause("B-031", "B-033", acquits=False)
@pytest.mark.waits
def test_no_act_is_taken_against_the_order_of_the_law_and_none_refused_that_it_grants(lives: Lives, plan: Plan, ground: Ground) -> None:
    """With legal and illegal acts in any order: what the law forbids is refused and changes nothing, what it grants is done.

    Only what the law orders is judged. It convicts on the clauses of the act concerned, and acquits nobody.
    """
    walked = lives.walked(Extent(plan.whole("lifecycle_walks"), plan.whole("lifecycle_steps"), plan.whole("lifecycle_seconds")))
    ground.narrow(clause for one in walked.disagreements for clause in one.clauses)

    assert walked.disagreements == (), lifecycle.told(walked.disagreements)
