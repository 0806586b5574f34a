"""The check on security headers, which the plans as they stand ask nothing of: held to what a body's own plan would ask."""

import importlib.util
from collections.abc import Mapping, Sequence
from typing import Any

import pytest

from tenderproof import content
from tenderproof.spec.plan import Plan, load_plan
from tenderproof.testing import Answered, Person, Site
from tenderproof.vocabulary import Missing

PLAN = load_plan("trading-3", content.specs_dir())


class Pages(Site):
    host, is_secure = "platform.example", True

    def __init__(self, **headers: str) -> None:
        self._headers = (("content-type", "text/html"), *((name.replace("_", "-"), value) for name, value in headers.items()))

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None, body: bytes = b"") -> Answered:  # noqa: ARG002
        return Answered(f"{method} {path}", 200, self._headers, b"<p>page</p>")

    def points(self) -> Sequence[tuple[str, str, bytes]]:
        return ()

    def enter(self, person: Person) -> Answered:  # noqa: ARG002
        return self.ask("GET", "/")


def check(site: Site, plan: Plan) -> None:
    """Perform the check."""
    spec = importlib.util.spec_from_file_location("platform_suite", content.suites_dir() / "security" / "test_platform.py")
    assert spec is not None
    assert spec.loader is not None
    suite: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(suite)
    suite.test_pages_bear_the_headers_that_the_plan_asks_for(site, plan)


def test_the_plans_as_they_stand_ask_for_none() -> None:
    with pytest.raises(Missing, match="asks for no security header"):
        check(Pages(), PLAN)


def test_a_page_without_what_a_body_asks_for_is_found() -> None:
    asked = PLAN.with_parameters({"security_headers": ["Content-Security-Policy", "x-content-type-options"]})

    check(Pages(content_security_policy="default-src 'self'", x_content_type_options="nosniff"), asked)
    with pytest.raises(AssertionError):
        check(Pages(x_content_type_options="nosniff"), asked)
