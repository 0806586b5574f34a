from tenderproof.testing import Bidder


def test_a_bidder_neither_opens_nor_evaluates() -> None:
    others = {"open_bids", "complete_opening", "score", "draft_report", "decide_award"}

    assert {name for name in others if hasattr(Bidder, name)} == set()
