"""The driver that speaks our contract (specs/openapi/trading.yaml) over HTTP."""

from tenderproof.drivers.contract.driver import ContractDriver

__all__ = ["ContractDriver"]
