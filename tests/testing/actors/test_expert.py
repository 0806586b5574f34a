from tenderproof.testing import Expert


def test_an_expert_neither_bids_nor_awards() -> None:
    others = {"deliver", "release_key", "decide_award", "publish_candidates"}

    assert {name for name in others if hasattr(Expert, name)} == set()
