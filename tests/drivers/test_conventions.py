"""A refusal in the body of a 200 is one where the declaration says so, and only there."""

import pytest

from tenderproof.candidate import Convention
from tenderproof.drivers.conventions import refused_in_body, refused_instead
from tenderproof.evidence.wire import Response
from tenderproof.vocabulary import PlatformTrouble

CONVENTION = Convention(("status", "code"), (0, "0"), ("error",))


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        ({"status": {"code": 0}}, None),
        ({"status": {"code": "0"}}, None),
        ({"status": {"code": 1}, "error": "late"}, "late"),
        ({"status": "x", "error": "odd"}, "odd"),
        ([], None),
    ],
)
def test_the_declared_place_decides(content: object, refused: str | None) -> None:
    if content == []:
        with pytest.raises(PlatformTrouble, match=r"neither success nor refusal at status\.code"):
            refused_in_body(content, CONVENTION)
    else:
        assert refused_in_body(content, CONVENTION) == refused


def test_without_a_convention_nothing_in_a_body_is_a_refusal() -> None:
    assert refused_in_body({"status": {"code": 1}}, None) is None


def test_without_a_place_for_the_code_the_result_is_the_code() -> None:
    assert refused_in_body({"result": 7}, Convention(("result",), (0,))) == "7"


@pytest.mark.parametrize(
    ("body", "kind", "refused"),
    [
        (b'{"status": {"code": 1}, "error": "late"}', "application/json", "late"),
        (b'{"status": {"code": 0}}', "application/json; charset=utf-8", None),
        (b'{"segments": []}', "application/json", None),
        (b"[broken", "application/json", None),
        (b'{"status": {"code": 1}, "error": "late"}', "application/octet-stream", None),
    ],
)
def test_a_refusal_may_come_in_the_place_of_a_file(body: bytes, kind: str, refused: str | None) -> None:
    response = Response(200, (("content-type", kind),), body, 0.0, "")

    assert refused_instead(response, CONVENTION) == refused
    assert refused_instead(response, None) is None
