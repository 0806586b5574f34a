import pytest

from tenderproof.testing import Browser, Page


@pytest.mark.parametrize("kind", [Browser, Page])
def test_what_opens_no_page_or_reads_none_is_no_browser(kind: type) -> None:
    with pytest.raises(TypeError, match="abstract"):
        kind()
