from tenderproof.testing import Agency, Owner, Tenderee


def test_an_agency_runs_a_tender_as_the_tenderee_does() -> None:
    assert issubclass(Agency, Owner)
    assert issubclass(Tenderee, Owner)


def test_what_is_the_tenderees_alone_is_no_agencys() -> None:
    alone = {"authorise", "set_base_price", "decide_award", "draft_contract", "sign_contract"}

    assert {name for name in alone if hasattr(Tenderee, name)} == alone
    assert {name for name in alone if hasattr(Agency, name)} == set()
