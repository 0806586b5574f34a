"""The operations of the reference: how each is called, by whom, and what it takes."""

import inspect
import re
from collections.abc import Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.routing import APIRoute
from federation.trading import routes
from federation.trading.act import ActRoute
from federation.trading.values import SignedBody

Content = dict[str, Any]
_QUALIFIED = re.compile(r"federation__trading__(?:\w+?)__(\w+?)__(\w+)")


def served() -> list[ActRoute]:
    """The routes of the contract, subject by subject."""
    return [route for router in routes.routers() for route in router.routes if isinstance(route, ActRoute)]


def described() -> Content:
    """What FastAPI says of the routes: paths with parameters and bodies, and the schemas of the bodies."""
    app = FastAPI()
    for router in routes.routers():
        app.include_router(router)
    document = get_openapi(title="reference", version="1", openapi_version="3.1.0", routes=app.routes)
    return {"paths": _untitled(_renamed(document["paths"])), "schemas": _schemas(document["components"]["schemas"])}


def operations(paths: Content) -> Iterator[tuple[str, str, Content]]:
    """Each operation with its path and method."""
    for path, item in paths.items():
        for method, said in item.items():
            yield path, method, said


def roles(route: APIRoute) -> list[str]:
    """Who may call an operation, as its dependency ``acting`` was told; ``public`` is everybody."""
    for dependency in route.dependant.dependencies:
        if dependency.call is not None and "roles" in (told := inspect.getclosurevars(dependency.call).nonlocals):
            return list(told["roles"])
    return ["public"]


def signed(route: APIRoute) -> bool:
    """Whether the body carries the party's signature on the act."""
    body = route.body_field.field_info.annotation if route.body_field else None
    return isinstance(body, type) and issubclass(body, SignedBody)


def subject(route: APIRoute) -> str:
    """The module of the route: one a subject."""
    return route.endpoint.__module__.rpartition(".")[2]


def _schemas(found: Content) -> Content:
    """The schemas of the bodies by name; titles repeat the names and go."""
    kept = {_short(name): _untitled(schema) for name, schema in found.items() if "ValidationError" not in name}
    return dict(sorted(_renamed(kept).items()))


def _short(name: str) -> str:
    return _QUALIFIED.sub(lambda found: found[1].title().replace("_", "") + found[2], name)


def _renamed(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _short(inner) if name == "$ref" else _renamed(inner) for name, inner in value.items()}
    return [_renamed(inner) for inner in value] if isinstance(value, list) else value


def _untitled(schema: Any) -> Any:
    """A schema without FastAPI's titles; a property may itself be called title, and stays."""
    if isinstance(schema, list):
        return [_untitled(inner) for inner in schema]
    if not isinstance(schema, dict):
        return schema
    bare = {name: inner for name, inner in schema.items() if not (name == "title" and isinstance(inner, str))}
    return {name: _properties(inner) if name == "properties" else _untitled(inner) for name, inner in bare.items()}


def _properties(found: Content) -> Content:
    return {name: _untitled(schema) for name, schema in found.items()}
