"""Filing numbers on a page: found as people read them, and their form."""

import pytest

from tenderproof.domicile.filings import Filing, Kind, shown

ICP, SECURITY = Kind.ICP, Kind.PUBLIC_SECURITY


@pytest.mark.parametrize(
    ("page", "found"),
    [
        ("<footer><a href=x>豫ICP备12345678号-1</a></footer>", [Filing(ICP, "豫ICP备12345678号-1", well_formed=True)]),
        ("京ICP备2021012345号", [Filing(ICP, "京ICP备2021012345号", well_formed=True)]),
        ("京ICP证030173号", [Filing(ICP, "京ICP证030173号", well_formed=True)]),
        ("粤<b>ICP</b> 备&nbsp;12345678 号", [Filing(ICP, "粤ICP备12345678号", well_formed=True)]),
        ("豫公网安备 41010502000001号", [Filing(SECURITY, "豫公网安备41010502000001号", well_formed=True)]),
        ("豫ICP备1234567号", [Filing(ICP, "豫ICP备1234567号", well_formed=False)]),
        ("豫ICP备xxxxxxxx号", [Filing(ICP, "豫ICP备xxxxxxxx号", well_formed=False)]),
        ("国ICP备12345678号", [Filing(ICP, "国ICP备12345678号", well_formed=False)]),
        ("京公网安备41010502000001号", [Filing(SECURITY, "京公网安备41010502000001号", well_formed=False)]),
        ("豫公网安备4101050200000号", [Filing(SECURITY, "豫公网安备4101050200000号", well_formed=False)]),
        ("豫ICP备12345678号 豫ICP备12345678号", [Filing(ICP, "豫ICP备12345678号", well_formed=True)]),
        ("<script>'豫ICP备12345678号'</script><!-- 豫ICP备12345678号 --><p title='豫ICP备12345678号'>备案号</p>", []),
        ("", []),
    ],
)
def test_a_number_is_found_as_people_read_it_and_its_form_is_told(page: str, found: list[Filing]) -> None:
    assert list(shown(page)) == found


def test_a_page_full_of_numbers_tells_the_first_few() -> None:
    assert len(shown("".join(f"豫ICP备{number:08}号 " for number in range(100)))) == 8
