"""How examples are tried: without a watch, since a test that fails on a busy machine tells nothing."""

from hypothesis import HealthCheck, settings

settings.register_profile("unwatched", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unwatched")
