"""Files of one test, and the documents that reading gives."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from kg.errors import DocumentRefusedError
from kg.model.document import Document
from kg.read.inputs import read_inputs

BASE = "https://data.example/"


class Desk:
    """A folder to write files into and read them from; it is the working directory of the reading."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, content: str | bytes) -> str:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return name

    def read_all(self, *inputs: str, stdin: bytes | None = None) -> list[Document | DocumentRefusedError]:
        stream = None if stdin is None else io.BytesIO(stdin)
        return list(read_inputs(inputs, base=BASE, stdin=stream, working_directory=self.folder))

    def read(self, name: str, content: str | bytes) -> Document:
        (document,) = self.read_all(self.write(name, content))
        assert isinstance(document, Document), document
        return document

    def refuse(self, name: str, content: str | bytes) -> DocumentRefusedError:
        (error,) = self.read_all(self.write(name, content))
        assert isinstance(error, DocumentRefusedError), error
        assert "\n" not in str(error)
        return error

    def zones(self, content: str, name: str = "a.txt") -> list[tuple[str, str]]:
        document = self.read(name, content)
        return [(zone.kind, document.text[zone.span.begin : zone.span.end]) for zone in document.zones]


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)
