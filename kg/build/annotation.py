"""What is found in documents, without a store: annotations, and cues that yielded nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import BinaryIO, TypeVar

from kg.build.toolchain import Toolchain
from kg.errors import DocumentRefusedError
from kg.model.abstention import Abstention
from kg.model.annotation import Annotation
from kg.model.document import Document
from kg.read.files import find_files
from kg.read.inputs import read_file
from kg.settings import Settings

_Outcome = TypeVar("_Outcome")


def run_annotation(
    inputs: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[Annotation | DocumentRefusedError]:
    """Yield the annotation of each document of the inputs, in order, without a store; refused ones as errors.

    Raises:
        InputMissingError: an input names nothing.
    """
    return _run_on_each(inputs, settings, stdin, Toolchain(settings).annotate)


def run_audit(
    inputs: Sequence[str], settings: Settings, *, stdin: BinaryIO | None = None
) -> Iterator[tuple[Document, tuple[Abstention, ...]] | DocumentRefusedError]:
    """Yield each document of the inputs, in order, with what is in none of its attributions; refused ones as errors.

    Raises:
        InputMissingError: an input names nothing.
    """
    toolchain = Toolchain(settings)
    return _run_on_each(inputs, settings, stdin, lambda document: (document, toolchain.find_abstentions(document)))


def _run_on_each(
    inputs: Sequence[str], settings: Settings, stdin: BinaryIO | None, convert: Callable[[Document], _Outcome]
) -> Iterator[_Outcome | DocumentRefusedError]:
    for file in find_files(inputs):
        for item in read_file(file, settings.base, stdin=stdin):
            if isinstance(item, DocumentRefusedError):
                yield item
                continue
            try:
                yield convert(item)
            except DocumentRefusedError as error:
                yield error
