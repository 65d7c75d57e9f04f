"""Settings that all tests share."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile

from hypothesis import HealthCheck, settings


def pytest_configure() -> None:
    # Examples are not timed: the machine may be doing anything else, and a slow one says nothing about the code.
    settings.register_profile("sightline", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("sightline")
    # Whoever runs the tests may have keys of their own: every server under test keeps its data elsewhere.
    folder = tempfile.mkdtemp(prefix="sightline-tests-")
    os.environ["SIGHTLINE_DATA_DIR"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
