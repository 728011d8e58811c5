"""Arguments to files: each once, in one order, whatever their names hold."""

from __future__ import annotations

import os
import pickle
import sys
from pathlib import Path

import pytest

from kg.errors import InputMissingError
from kg.read.files import find_files, find_roots, lies_below
from kg.read.inputs import read_file

from .conftest import Desk


def find(desk: Desk, *inputs: str) -> list[str]:
    return [file.path for file in find_files(inputs, working_directory=desk.folder)]


def test_a_folder_gives_known_endings_at_any_depth_sorted(desk: Desk) -> None:
    for name in ("in/b.txt", "in/a/z.HTML", "in/c.pdf", "in/.hidden.txt", "in/.git/x.txt", "in/README.md", "in/d.rss"):
        desk.write(name, "x")
    assert find(desk, "in") == ["in/a/z.HTML", "in/b.txt", "in/d.rss"]


def test_the_order_of_arguments_and_naming_a_file_twice_change_nothing(desk: Desk) -> None:
    for name in ("in/a.txt", "in/b.txt", "c.txt"):
        desk.write(name, "x")
    expected = find(desk, "in", "c.txt")
    assert find(desk, "c.txt", "in/b.txt", "in", "./c.txt", "in/../c.txt", "c.txt") == [*sorted(["./c.txt"]), *expected[1:]]
    assert [f.location for f in find_files(["c.txt", "in", "./c.txt"], working_directory=desk.folder)] == [
        f.location for f in find_files(["./c.txt", "c.txt", "in"], working_directory=desk.folder)
    ]


def test_a_glob_gives_its_files_and_the_files_of_its_folders(desk: Desk) -> None:
    for name in ("x1/a.txt", "x2/deep/b.md", "x3.txt", "x4.bin", "y.txt"):
        desk.write(name, "x")
    assert find(desk, "x*") == ["x1/a.txt", "x2/deep/b.md", "x3.txt"]


def test_two_stars_reach_any_depth(desk: Desk) -> None:
    for name in ("a/b/c/deep.txt", "a/top.txt", "a/b/page.html"):
        desk.write(name, "x")
    assert find(desk, "a/**/*.txt") == ["a/b/c/deep.txt", "a/top.txt"]


def test_a_file_whose_name_looks_like_a_glob_is_taken_as_it_is(desk: Desk) -> None:
    desk.write("[draft] a*.txt", "x")
    desk.write("d a1.txt", "x")
    assert find(desk, "[draft] a*.txt") == ["[draft] a*.txt"]


@pytest.mark.parametrize(
    "name", ["missing.txt", "no/such/folder", "*.nothing", "a**.pdf", "[", "**/*.pdf", "", "a\0b", "\ud800.txt"]
)
def test_an_argument_that_matches_nothing_is_an_error_of_one_line(desk: Desk, name: str) -> None:
    desk.write("a.txt", "x")
    with pytest.raises(InputMissingError) as caught:
        find(desk, "a.txt", name)
    assert "\n" not in str(caught.value)
    str(caught.value).encode()


def test_a_missing_argument_is_told_before_anything_is_read(desk: Desk) -> None:
    desk.write("a.txt", "Text.")
    with pytest.raises(InputMissingError):
        desk.read_all("a.txt", "b.txt")


def test_an_empty_folder_gives_nothing(desk: Desk) -> None:
    (desk.folder / "empty").mkdir()
    assert find(desk, "empty") == []


def test_links_that_loop_are_not_followed_but_linked_files_are(desk: Desk) -> None:
    desk.write("in/a.txt", "x")
    desk.write("elsewhere.txt", "x")
    (desk.folder / "in/loop").symlink_to(desk.folder / "in")
    (desk.folder / "in/linked.txt").symlink_to(desk.folder / "elsewhere.txt")
    assert find(desk, "in") == ["in/a.txt", "in/linked.txt"]
    assert find(desk, "in/**/*.txt") == ["in/a.txt", "in/linked.txt"]


def test_links_that_loop_in_many_ways_take_no_time(desk: Desk) -> None:
    desk.write("in/a.txt", "x")
    for n in range(6):
        (desk.folder / f"in/loop{n}").symlink_to(".")
    assert find(desk, "in") == find(desk, "in/**/*.txt") == find(desk, "in/**") == ["in/a.txt"]


def test_a_glob_may_be_absolute_and_run_through_a_link(desk: Desk) -> None:
    desk.write("real/deep/a.txt", "x")
    desk.write("real/.hidden/b.txt", "x")
    (desk.folder / "link").symlink_to("real")
    pattern = f"{desk.folder}/link/**/*.txt"
    assert find(desk, pattern) == [f"{desk.folder}/link/deep/a.txt"]


def test_a_link_to_a_folder_that_is_named_itself_is_followed(desk: Desk) -> None:
    desk.write("real/a.txt", "x")
    (desk.folder / "link").symlink_to("real")
    assert find(desk, "link") == ["link/a.txt"]


def test_a_link_to_nothing_is_refused_alone(desk: Desk) -> None:
    desk.write("in/a.txt", "Some text.")
    (desk.folder / "in/b.txt").symlink_to("nowhere.txt")
    found = desk.read_all("in")
    assert [getattr(item, "path", None) for item in found] == ["in/a.txt", "in/b.txt"]
    assert "cannot be read" in str(found[1])


@pytest.mark.parametrize("name", ["two words.txt", "line\nbreak.txt", "quo'te\"s\\.txt", "<script>.txt", "ünï.txt", "a#1.txt"])
def test_a_strange_file_name_is_read_and_kept(desk: Desk, name: str) -> None:
    document = desk.read(name, "The minister spoke.")
    assert (document.path, document.location) == (name, name)
    assert document.id.startswith("https://data.example/document/")


@pytest.mark.skipif(sys.platform == "darwin", reason="its file system takes UTF-8 names alone")
def test_a_name_that_is_not_utf_8_is_read_and_printed_with_its_bytes_escaped(desk: Desk) -> None:
    Path(os.fsdecode(os.fsencode(desk.folder) + b"/caf\xe9.txt")).write_bytes(b"The minister spoke.")
    (document,) = desk.read_all(".")
    assert document.path == "./caf\\xe9.txt"
    (again,) = desk.read_all(os.fsdecode(b"caf\xe9.txt"))
    assert again.path == "caf\\xe9.txt"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_listed_is_refused_alone(desk: Desk) -> None:
    desk.write("in/a.txt", "Some text.")
    desk.write("in/closed/b.txt", "Some text.")
    (desk.folder / "in/closed").chmod(0)
    try:
        found = desk.read_all("in")
    finally:
        (desk.folder / "in/closed").chmod(0o700)
    assert [item.path for item in found] == ["in/a.txt", "in/closed"]
    assert "permission" in str(found[1]).lower()


def test_a_folder_that_fails_while_it_is_listed_is_refused_alone(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.write("in/a.txt", "Some text.")
    desk.write("in/closed/b.txt", "Some text.")
    real = os.scandir

    def scan(path: str) -> object:
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    monkeypatch.setattr(os, "scandir", scan)
    found = desk.read_all("in")
    assert [item.path for item in found] == ["in/a.txt", "in/closed"]
    assert "cannot be listed (Permission denied)" in str(found[1])


def test_a_file_that_vanishes_after_listing_is_refused(desk: Desk) -> None:
    desk.write("a.txt", "Some text.")
    (file,) = find_files(["a.txt"], working_directory=desk.folder)
    (desk.folder / "a.txt").unlink()
    (error,) = read_file(file, "https://data.example/", working_directory=desk.folder)
    assert "cannot be read" in str(error)


def test_something_that_is_no_regular_file_is_refused(desk: Desk) -> None:
    os.mkfifo(desk.folder / "pipe.txt")
    (error,) = desk.read_all("pipe.txt")
    assert "not a regular file" in str(error)


@pytest.mark.parametrize("name", ["a.pdf", "notes"])
def test_an_unknown_ending_that_is_named_is_refused_with_the_known_ones(desk: Desk, name: str) -> None:
    assert ".jsonl" in str(desk.refuse(name, "Some text."))


def test_a_location_is_relative_below_the_working_directory_and_absolute_elsewhere(
    desk: Desk, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "b.txt"
    outside.write_text("Some text.")
    desk.write("in/a.txt", "Some text.")
    inside = str(desk.folder / "in/a.txt")
    found = find_files([inside, str(outside)], working_directory=desk.folder)
    assert {(file.path, file.location) for file in found} == {(inside, "in/a.txt"), (str(outside), str(outside))}


def test_an_input_file_can_be_sent_to_another_process(desk: Desk) -> None:
    desk.write("a.txt", "x")
    (file,) = find_files(["a.txt"], working_directory=desk.folder)
    assert pickle.loads(pickle.dumps(file)) == file  # noqa: S301


def test_roots_are_the_folders_named_without_those_inside_another(desk: Desk) -> None:
    desk.write("in/deep/a.txt", "x")
    desk.write("b.txt", "x")
    roots = find_roots(["in/deep", "in", "b.txt", "-"], working_directory=desk.folder)
    assert roots == (str(desk.folder / "in"),)
    assert lies_below("in/deep/a.txt#3", roots, working_directory=desk.folder)
    assert not lies_below("inside.txt", roots, working_directory=desk.folder)
    assert not lies_below("-#1", roots, working_directory=desk.folder)
