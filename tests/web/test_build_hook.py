"""What the wheel takes along, and what becomes of it where the scripts cannot be built."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
#: A stand-in for web/bundle.py that is told what to do by its folder.
BUNDLE = """
from pathlib import Path
TARGET = Path(__file__).parent / "built"
class BundleFailedError(Exception):
    pass
def build_bundle():
    if (Path(__file__).parent / "broken").exists():
        raise BundleFailedError("there is no Node")
    TARGET.mkdir()
"""


class Told:
    def __init__(self):
        self.warnings = []

    def display_warning(self, text):
        self.warnings.append(text)


@pytest.fixture
def hook(tmp_path, monkeypatch):
    pytest.importorskip("hatchling", reason="hatchling is not installed")
    monkeypatch.delenv("SAYSO_WEB", raising=False)
    spec = importlib.util.spec_from_file_location("hook_under_test", ROOT / "hatch_build.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "web").mkdir()
    (tmp_path / "web" / "bundle.py").write_text(BUNDLE, "utf-8")
    return module.WebBuildHook(str(tmp_path), {}, None, None, str(tmp_path), "wheel", Told())


def run(hook, version="standard"):
    data = {"force_include": {}}
    hook.initialize(version, data)
    return data["force_include"]


def test_a_wheel_takes_the_scripts_along(hook, tmp_path):
    assert run(hook) == {str(tmp_path / "web" / "built"): "kg/_data/web"}


def test_an_editable_installation_uses_them_where_they_are_built(hook, tmp_path):
    assert run(hook, "editable") == {}
    assert (tmp_path / "web" / "built").is_dir()


def test_where_they_cannot_be_built_the_rest_is_installed_with_a_warning(hook, tmp_path):
    (tmp_path / "web" / "broken").touch()
    assert run(hook) == {}
    assert hook.app.warnings == ["the page's and the explorer's scripts are left out: there is no Node"]


def test_where_they_are_required_it_is_an_error_that_they_cannot_be_built(hook, tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSO_WEB", "require")
    (tmp_path / "web" / "broken").touch()
    with pytest.raises(Exception, match="there is no Node"):
        run(hook)


def test_they_can_be_left_out(hook, tmp_path, monkeypatch):
    monkeypatch.setenv("SAYSO_WEB", "skip")
    assert run(hook) == {}
    assert not (tmp_path / "web" / "built").exists()
