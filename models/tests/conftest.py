"""Fixtures of several files."""

from __future__ import annotations

import keras
import pytest


@pytest.fixture
def float32() -> None:
    """Networks compute in float32, and are the same in every run."""
    keras.mixed_precision.set_global_policy("float32")
    keras.utils.set_random_seed(3)
