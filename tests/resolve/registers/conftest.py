from __future__ import annotations

from pathlib import Path

import pytest

from kg.resolve.registers.references import References
from kg.resolve.registry import read_registry
from tests.resolve.registers.importing import BASE


@pytest.fixture(scope="session")
def references() -> References:
    return References(read_registry(BASE))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "store-actors" / "imported.sqlite"
