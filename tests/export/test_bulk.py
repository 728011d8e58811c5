import gzip
import hashlib
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest

from kg.analyse.relations import Filters
from kg.errors import ExportFormatError, OutputUnwritableError, PackageMissingError, ParameterInvalidError
from kg.export.bulk import BulkTarget, find_target, run_bulk_export
from kg.export.bulk_lines import find_blocks
from kg.export.bulk_loaders import LOADERS, describe_all, describe_loading, fill_step
from kg.store.dump import write_dump
from kg.store.reader import Reader
from tests.cli.desk import run

DOCS = Path(__file__).parents[2] / "docs" / "bulk.md"


def export(reader: Reader, output: Path | str, form: str | None = None, split: int | None = None) -> tuple[str, ...]:
    target = find_target(str(output), form, split)
    assert target is not None
    return run_bulk_export(reader, str(output), target, split=split).notes


def dump(reader: Reader) -> bytes:
    stream = io.BytesIO()
    write_dump(reader, stream, "nq")
    return stream.getvalue()


def unpack(path: Path) -> bytes:
    if path.name.endswith(".gz"):
        return gzip.decompress(path.read_bytes())
    if path.name.endswith(".zst"):
        return pytest.importorskip("zstandard").ZstdDecompressor().decompressobj().decompress(path.read_bytes())
    return path.read_bytes()


def read_manifest(folder: Path) -> dict:
    return json.loads((folder / "manifest.json").read_text("utf-8"))


@pytest.mark.parametrize("name", ["all.nq.gz", "all.nq.zst", "ALL.NQ.GZ"])
def test_a_packed_file_holds_what_the_plain_export_holds(reader: Reader, tmp_path: Path, name: str) -> None:
    if name.endswith("zst"):
        pytest.importorskip("zstandard")
    export(reader, tmp_path / name)
    packed = tmp_path / name
    content = gzip.decompress(packed.read_bytes()) if name.lower().endswith("gz") else unpack(packed)
    assert content == dump(reader)


@pytest.mark.parametrize("form", ["nq.gz", "nq.zst"])
def test_packed_bytes_do_not_depend_on_the_order_of_writing(reader: Reader, backwards: Reader, tmp_path: Path, form: str) -> None:
    if form == "nq.zst":
        pytest.importorskip("zstandard")
    export(reader, tmp_path / f"a.{form}")
    export(backwards, tmp_path / f"other-name.{form}")
    assert (tmp_path / f"a.{form}").read_bytes() == (tmp_path / f"other-name.{form}").read_bytes()


def test_a_gzip_file_tells_no_time_and_no_name(reader: Reader, tmp_path: Path) -> None:
    export(reader, tmp_path / "a.nq.gz")
    assert (tmp_path / "a.nq.gz").read_bytes()[3:8] == b"\0\0\0\0\0"


@pytest.mark.parametrize("run_length", [1, 2, 7, 10_000])
def test_graphs_that_are_sorted_on_disk_have_the_same_lines(reader: Reader, tmp_path: Path, run_length: int) -> None:
    blocks = list(find_blocks(reader, tmp_path, run_length))
    assert b"".join(line for _, lines in blocks for line in lines) == dump(reader)
    assert list(tmp_path.iterdir()) == []


def test_more_runs_than_can_be_open_are_merged_in_steps(reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.export.bulk_lines._MOST_RUNS", 2)
    lines = [line for _, block in find_blocks(reader, tmp_path, 3) for line in block]
    assert b"".join(lines) == dump(reader)


def test_lines_that_begin_alike_are_sorted_as_the_plain_export_sorts_them(tmp_path: Path, load) -> None:
    told = load(b'GRAPH <urn:g> { <urn:s> <urn:p> "a", "a"@en, "a"^^<urn:t>, "a b", <urn:a>, <urn:a/b>, "\\r\\n\\u000b\\u2028" }')
    assert b"".join(line for _, block in find_blocks(told, tmp_path, 2) for line in block) == dump(told)


def test_a_folder_has_parts_of_the_length_asked_for(reader: Reader, tmp_path: Path) -> None:
    export(reader, f"{tmp_path}/news/", "nq.gz", split=50)
    manifest = read_manifest(tmp_path / "news")
    rows = [part["rows"] for part in manifest["parts"]]
    assert set(rows[:-1]) == {50}
    assert 0 < rows[-1] <= 50
    assert b"".join(unpack(tmp_path / "news" / part["name"]) for part in manifest["parts"]) == dump(reader)


def test_a_part_that_ends_with_the_store_is_not_followed_by_an_empty_one(tmp_path: Path, load) -> None:
    told = load(b"GRAPH <urn:g> { <urn:s> <urn:p> 1, 2, 3, 4 }")
    export(told, f"{tmp_path}/news/", "nq", split=2)
    assert [part["rows"] for part in read_manifest(tmp_path / "news")["parts"]] == [2, 2]


def test_the_manifest_tells_counts_and_digests(reader: Reader, tmp_path: Path) -> None:
    (note,) = export(reader, f"{tmp_path}/news/", "nq.gz", split=100)
    folder = tmp_path / "news"
    manifest = read_manifest(folder)
    assert (manifest["statements"], manifest["graphs"], manifest["format"]) == (reader.size, len(reader.graphs()), "nq.gz")
    assert str(reader.size) in note
    for part in manifest["parts"]:
        packed = (folder / part["name"]).read_bytes()
        content = gzip.decompress(packed)
        assert (part["bytes"], part["sha256"]) == (len(packed), hashlib.sha256(packed).hexdigest())
        assert part["content_sha256"] == hashlib.sha256(content).hexdigest()
        graphs = [quad.graph_name.value for quad in pyoxigraph.parse(content, format=pyoxigraph.RdfFormat.N_QUADS)]
        assert (part["first_graph"], part["last_graph"], part["rows"]) == (graphs[0], graphs[-1], len(graphs))


def test_an_empty_store_gives_one_part_without_statements(tmp_path: Path, load) -> None:
    export(load(b""), f"{tmp_path}/news/")
    (part,) = read_manifest(tmp_path / "news")["parts"]
    assert (part["rows"], unpack(tmp_path / "news" / part["name"])) == (0, b"")


def test_a_second_export_takes_the_place_of_the_first(reader: Reader, tmp_path: Path, load) -> None:
    export(reader, f"{tmp_path}/news/", "nq", split=20)
    export(load(b"GRAPH <urn:g> { <urn:s> <urn:p> 1 }"), tmp_path / "news", "nq")
    assert sorted(path.name for path in (tmp_path / "news").iterdir()) == ["LOAD.md", "manifest.json", "part-00001.nq"]
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


def test_a_folder_with_files_of_others_is_left_as_it_is(reader: Reader, tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("mine")
    with pytest.raises(OutputUnwritableError, match=r"thesis\.txt"):
        export(reader, tmp_path, "nq")
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("thesis.txt", "mine")]


@pytest.mark.parametrize("text", ['{"name": "app"}', "[]", '{"kind": "sayso-bulk-1"}', '{"kind": "other", "parts": []}', "{"])
def test_a_manifest_of_another_program_is_left_as_it_is(reader: Reader, tmp_path: Path, text: str) -> None:
    (tmp_path / "manifest.json").write_text(text)
    with pytest.raises(OutputUnwritableError, match=r"manifest\.json"):
        export(reader, tmp_path, "nq")
    assert (tmp_path / "manifest.json").read_text() == text


def test_an_export_that_fails_leaves_the_folder_that_was_there(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(reader, f"{tmp_path}/news/", "nq")
    before = (tmp_path / "news" / "manifest.json").read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kg.export.bulk.describe_loading", fail)
    with pytest.raises(OutputUnwritableError, match="No space"):
        export(reader, f"{tmp_path}/news/", "nq", split=3)
    assert (tmp_path / "news" / "manifest.json").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["news"]


@pytest.mark.parametrize(
    ("output", "form", "expected"),
    [
        ("x.nq.gz", None, BulkTarget(is_folder=False, format="nq.gz")),
        ("x.parquet", None, BulkTarget(is_folder=False, format="parquet")),
        ("-", "nq.zst", BulkTarget(is_folder=False, format="nq.zst")),
        ("new/", None, BulkTarget(is_folder=True, format="nq.gz")),
        ("new/", "nq", BulkTarget(is_folder=True, format="nq")),
        ("x.nq", None, None),
        ("x.gz", None, None),
        ("x.ttl", "ttl", None),
    ],
)
def test_the_name_or_the_format_tells_a_bulk_export(output: str, form: str | None, expected: BulkTarget | None) -> None:
    assert find_target(output, form) == expected


def test_a_file_is_not_split() -> None:
    with pytest.raises(ParameterInvalidError, match="end the name with /"):
        find_target("x.nq.gz", None, 100)


def test_a_folder_takes_no_other_format() -> None:
    with pytest.raises(ExportFormatError, match="parquet"):
        find_target("news/", "ttl")


def test_filters_are_refused(reader: Reader, tmp_path: Path) -> None:
    target = BulkTarget(is_folder=False, format="nq.gz")
    with pytest.raises(ParameterInvalidError, match="whole store"):
        run_bulk_export(reader, str(tmp_path / "x.nq.gz"), target, filters=Filters(min_confidence=0.5))


def test_zstandard_that_is_not_installed_is_named_with_its_extra(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "zstandard", None)
    with pytest.raises(PackageMissingError, match=r"sayso\[archive\]"):
        export(reader, tmp_path / "x.nq.zst")
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_packed_files_and_folders(press_path: Path, tmp_path: Path) -> None:
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.load(path=str(press_path), format=pyoxigraph.RdfFormat.TRIG)
    store.flush()
    del store
    file = run("export", tmp_path / "x.nq.gz", "-s", tmp_path / "store")
    folder = run("export", f"{tmp_path}/news/", "--split", "40", "-s", tmp_path / "store")
    assert (file.exit_code, folder.exit_code) == (0, 0)
    parts = sorted((tmp_path / "news").glob("part-*.nq.gz"))
    assert len(parts) > 2
    assert b"".join(map(unpack, parts)) == unpack(tmp_path / "x.nq.gz")
    assert (tmp_path / "news" / "LOAD.md").is_file()


@pytest.mark.parametrize("form", ["nq", "nq.gz", "nq.zst"])
def test_oxigraph_loads_the_files_by_the_command_that_is_told(reader: Reader, tmp_path: Path, form: str) -> None:
    command = shutil.which("oxigraph", path=str(Path(sys.executable).parent)) or shutil.which("oxigraph")
    unpacker = {"nq": "cat", "nq.gz": "gzip", "nq.zst": "zstd"}[form]
    if command is None or shutil.which(unpacker) is None:
        pytest.skip(f"oxigraph, the server, or {unpacker} is not installed")
    export(reader, f"{tmp_path}/news/", form, split=100)
    (loader,) = (loader for loader in LOADERS if loader.name == "Oxigraph")
    step = fill_step(loader, loader.steps[0], form, f"part-*.{form}")
    assert step in (tmp_path / "news" / "LOAD.md").read_text("utf-8")
    environment = {"PATH": f"{Path(command).parent}:/usr/bin:/bin"}
    subprocess.run(["sh", "-ec", step], cwd=tmp_path / "news", env=environment, check=True, capture_output=True)
    loaded = pyoxigraph.Store.read_only(str(tmp_path / "news" / "news.oxigraph"))
    assert set(loaded) == set(reader.inner)


@pytest.mark.parametrize("form", ["nq", "nq.gz", "nq.zst"])
def test_every_loader_has_its_commands_with_the_names_of_the_files(form: str) -> None:
    page = describe_loading(["part-00001.x", "part-00002.x"], form)
    for loader in LOADERS:
        section = page.split(f"## {loader.name}\n")[1].split("\n## ")[0]
        pattern = f"part-*.{form if form in loader.reads else 'nq'}"
        assert pattern in section
        assert ("does not read" in section) == (form not in loader.reads)
    assert "@" not in page.replace("@en", "")


def test_a_single_part_is_named_itself() -> None:
    assert "part-*" not in describe_loading(["part-00001.nq.gz"], "nq.gz")


def test_the_page_on_bulk_files_has_the_commands_of_the_table() -> None:
    assert describe_all() in DOCS.read_text("utf-8")
