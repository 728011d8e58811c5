from pathlib import Path

import pytest

from kg.errors import StoreInvalidError
from kg.store.embedded import open_reader, open_store
from kg.store.layout import FILE_NAME

BASE = "https://sayso.example/"


def test_a_store_says_which_format_it_has(tmp_path: Path) -> None:
    open_store(tmp_path, BASE, {}).close()
    assert (tmp_path / FILE_NAME).read_text("utf-8") == '{"format": 1}\n'


def test_a_store_without_the_file_is_of_the_first_format(tmp_path: Path) -> None:
    open_store(tmp_path, BASE, {}).close()
    (tmp_path / FILE_NAME).unlink()
    open_reader(tmp_path).close()
    open_store(tmp_path, BASE, {}).close()
    assert (tmp_path / FILE_NAME).is_file()


@pytest.mark.parametrize(("content", "problem"), [('{"format": 2}', "or a later one"), ("{", "damaged"), ("[]", "damaged")])
def test_a_store_that_this_version_cannot_read_is_refused(tmp_path: Path, content: str, problem: str) -> None:
    open_store(tmp_path, BASE, {}).close()
    (tmp_path / FILE_NAME).write_text(content, "utf-8")
    for opening in (lambda: open_reader(tmp_path), lambda: open_store(tmp_path, BASE, {})):
        with pytest.raises(StoreInvalidError, match=problem):
            opening()
