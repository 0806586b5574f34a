from tests.drivers.conftest import declare, folder, identity, issuer

__all__ = ["declare", "folder", "identity", "issuer"]
