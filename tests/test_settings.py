"""Settings: options over environment over kg.toml over defaults; resources and errors beside them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import errors
from kg.errors import KgError, ResourceInvalidError, SettingInvalidError
from kg.resources import find_resource
from kg.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("KG_STORE", "KG_BASE", "KG_MODEL", "KG_PROFILE"):
        monkeypatch.delenv(name, raising=False)


def _write(folder: Path, text: str) -> Path:
    (folder / "kg.toml").write_text(text, "utf-8")
    return folder


def test_without_anything_given_the_defaults_hold(tmp_path: Path) -> None:
    assert read_settings({}, tmp_path) == Settings()
    assert Settings().store == "./kg-store"


def test_an_option_beats_the_environment_and_that_beats_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _write(tmp_path, 'store = "file"\nmodel = "file"\nbase = "https://file.example/"\n')
    monkeypatch.setenv("KG_STORE", "environment")
    monkeypatch.setenv("KG_MODEL", "environment")
    settings = read_settings({"store": "option", "model": None}, tmp_path)
    assert (settings.store, settings.model, settings.base) == ("option", "environment", "https://file.example/")


def test_an_empty_variable_counts_as_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", "")
    assert read_settings({}, tmp_path).store == "./kg-store"


def test_the_working_directory_is_where_the_file_is_looked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(_write(tmp_path, 'store = "here"\n'))
    assert read_settings({}).store == "here"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("store = ", "not valid TOML"),
        ("stroe = 'x'", "setting 'stroe'"),
        ("store = 3", "setting 'store'"),
        ("profile = 'quick'", "setting 'profile'"),
        ("base = 'ftp://x/'", "setting 'base'"),
        ("base = 'https://x.example'", "ends in / or #"),
        ("base = 'https://x.example/ /'", "setting 'base'"),
        ("base = 'https://x.example/<a>/'", "setting 'base'"),
    ],
)
def test_a_bad_file_is_one_line_that_names_the_setting(tmp_path: Path, text: str, problem: str) -> None:
    with pytest.raises(SettingInvalidError, match=problem) as caught:
        read_settings({}, _write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_bytes(b"store = '\xff'")
    with pytest.raises(SettingInvalidError, match="not valid TOML"):
        read_settings({}, tmp_path)


@pytest.mark.parametrize("name", ["ontology/schemes/frames.ttl", "ontology/lexicons/cues.toml", "queries"])
def test_what_the_project_ships_is_found(name: str) -> None:
    assert find_resource(name).exists()


def test_a_missing_resource_says_what_to_do() -> None:
    with pytest.raises(ResourceInvalidError, match=r"^ontology/no-such\.ttl: is missing .*; install sayso again$"):
        find_resource("ontology/no-such.ttl")


def test_every_error_is_in_the_tree_and_ends_with_a_code_of_the_contract() -> None:
    classes = [value for value in vars(errors).values() if isinstance(value, type) and issubclass(value, Exception)]
    assert all(issubclass(error, KgError) for error in classes)
    assert {error.exit_code for error in classes} <= {1, 2, 3, 4, 5}
    assert all(error.__doc__ for error in classes)
