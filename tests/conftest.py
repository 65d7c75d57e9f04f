"""Settings that all tests share."""

from __future__ import annotations

from hypothesis import HealthCheck, settings


def pytest_configure() -> None:
    # Examples are not timed: the machine may be doing anything else, and a slow one says nothing about the code.
    settings.register_profile("sightline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("sightline")
