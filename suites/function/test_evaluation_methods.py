"""The method of evaluation fits the rules for its project (评标办法的设置)."""

import pytest

from tenderproof.testing import Answer, Content, Document, Plan, Public, Stories, Tender, clause, papers


def shares(price: int, whole: int = 100) -> list[dict[str, str]]:
    """Evaluation factors by points, the price with so many of the whole."""
    points = {"technical": whole - price - 10, "business": 10, "price": price}
    return [
        {"no": str(number), "name": name, "group": name, "max_score": str(share), "criteria": "按招标文件评分标准"}
        for number, (name, share) in enumerate(points.items(), 1)
    ]


def issued(tender: Tender, method: str, factors: list[dict[str, str]]) -> Answer[Document]:
    """A document with this method and these factors, published if it may be."""
    paper = papers.document(tender).putting("evaluation", Content(method=method, factors=factors))
    drafted = tender.owner.draft_document(tender.section, paper)
    return tender.owner.publish_document(drafted.value) if drafted.accepted else drafted


@clause("B-025")
@pytest.mark.parametrize("category", ["goods", "services"])
def test_in_government_procurement_by_points_the_price_has_at_least_its_share(
    stories: Stories, public: Public, plan: Plan, category: str
) -> None:
    """A point less of a hundred, and as many points of a larger whole, are refused and nobody obtains the document; its share is taken."""
    least = plan.whole(f"procurement_{category}_price_percent")
    tender = stories.announced(government_procurement=True, category=category)
    refused = [issued(tender, "comprehensive", factors) for factors in (shares(least - 1), shares(least, whole=200))]
    listed = public.documents(tender.section)

    assert [answer.refused for answer in refused] == [True, True]
    assert listed.refused or listed.value == ()
    assert issued(tender, "comprehensive", shares(least)).accepted
