"""The shape of the house: who imports whom, small modules, documented, and nothing heavy for `kg --help`."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

_ROOT = Path(__file__).parents[1]
_MODULES = sorted((_ROOT / "kg").rglob("*.py"))
_LONGEST_MODULE = 330
_NAMES_THAT_SAY_NOTHING = {"utils", "util", "helpers", "helper", "common", "misc", "tools", "base_utils", "shared"}
#: Loaded only by the commands that need them.
_HEAVY = ("spacy", "rdflib", "networkx", "pyoxigraph", "numpy", "scipy", "trafilatura", "feedparser", "starlette", "pebble")

_QUERY = re.compile(r"\b(?:SELECT|CONSTRUCT|ASK|WHERE|INSERT|DELETE)(?:\s+DATA)?\s*[{?*]")


def _name(path: Path) -> str:
    return path.relative_to(_ROOT).as_posix()


def test_the_import_contracts_hold() -> None:
    program = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    run = subprocess.run(
        [sys.executable, "-c", program, "--no-cache"], cwd=_ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 broken" in run.stdout


@pytest.mark.parametrize("path", _MODULES, ids=_name)
def test_a_module_says_what_it_is_for(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not text.strip() or ast.get_docstring(ast.parse(text))


def test_modules_are_short() -> None:
    lengths = {_name(path): len(path.read_text("utf-8").splitlines()) for path in _MODULES}
    assert {name: length for name, length in lengths.items() if length >= _LONGEST_MODULE} == {}


def test_no_module_or_package_has_a_name_that_says_nothing() -> None:
    assert not [_name(path) for path in _MODULES if {path.stem, path.parent.name} & _NAMES_THAT_SAY_NOTHING]


def _holds_query_with_values(path: Path) -> bool:
    """Tell whether an f-string of the module looks like SPARQL with a value pasted in."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.JoinedStr) and any(isinstance(part, ast.FormattedValue) for part in node.values):
            words = "".join(str(part.value) for part in node.values if isinstance(part, ast.Constant))
            if _QUERY.search(words):
                return True
    return False


def test_no_query_is_put_together_from_text() -> None:
    # The store writes its own updates, from terms that the engine has parsed and serialized, at one place.
    assert {_name(path) for path in _MODULES if _holds_query_with_values(path)} == {"kg/store/updates.py"}


def test_nothing_reads_the_clock_or_chance_where_results_are_made() -> None:
    packages = ("model", "annotate", "extract", "resolve", "rdf")
    forbidden = {"random", "time", "uuid", "secrets"}
    offenders = [
        f"{_name(path)} imports {name}"
        for path in _MODULES
        if path.parent.name in packages
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names])
        if name in forbidden
    ]
    assert offenders == []


def test_help_is_printed_without_loading_anything_heavy() -> None:
    program = (
        "import sys, json, contextlib, io\n"
        "from kg.cli.main import main\n"
        "sys.argv = ['kg', '--help']\n"
        "with contextlib.redirect_stdout(io.StringIO()) as printed, contextlib.suppress(SystemExit):\n"
        "    main()\n"
        "print(json.dumps([sorted(sys.modules), printed.getvalue()]))\n"
    )
    run = subprocess.run([sys.executable, "-c", program], cwd=_ROOT, capture_output=True, text=True, check=True, timeout=60)
    modules, printed = json.loads(run.stdout)
    assert "annotate" in printed
    assert not {module.partition(".")[0] for module in modules} & set(_HEAVY)
