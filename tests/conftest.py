"""What holds for every test: the settings of the person who runs it do not count."""

from __future__ import annotations

import pytest

_SETTINGS = ("KG_STORE", "KG_BASE", "KG_MODEL", "KG_PROFILE")


@pytest.fixture(autouse=True)
def without_own_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _SETTINGS:
        monkeypatch.delenv(name, raising=False)
