"""The driver for a platform of which nothing is known but its OpenAPI document: its interface is examined, and nobody's story is told."""

from tenderproof.drivers.openapi.driver import OpenApiDriver

__all__ = ["OpenApiDriver"]
