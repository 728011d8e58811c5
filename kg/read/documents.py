"""Records to documents: identity, metadata and marked zones."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

from kg.errors import DocumentRefusedError
from kg.model.document import Document, Zone
from kg.model.identifier import mint_document_iri
from kg.read.dates import to_iso
from kg.read.files import STDIN, InputFile
from kg.read.furniture import read_furniture
from kg.read.header import Marks, read_header
from kg.read.language import guess_language
from kg.read.layout import arrange_zones
from kg.read.lexicon import load_lexicon
from kg.read.names import read_names
from kg.read.record import Record, check_text, tidy, to_language, to_url


def find_path(record: Record, file: InputFile) -> str:
    """Return `Document.path` of a record: its file, as the person named it, and its number where there are several."""
    return file.name if record.number is None else f"{file.name}#{record.number}"


def to_document(record: Record, file: InputFile, base: str) -> Document:
    """Return the document of a record of a file.

    Metadata that the format gives goes before what the text says of itself. Offsets of zones are code points.

    Args:
        record: what the format gave.
        file: where from.
        base: what document IRIs start with.

    Raises:
        DocumentRefusedError: the text is blank, too long, or cannot be stored.
    """
    path = find_path(record, file)
    check_text(record.text, file.name if record.line else path, record.line)
    title = tidy(record.title)
    marks = read_header(record.text, title)
    read_furniture(record.text, marks)
    zones = arrange_zones(record.text, marks.zones)
    url = to_url(record.url) or to_url(marks.url)
    location, name = _locate(record, file, url)
    title = title or tidy(marks.title)
    return Document(
        id=mint_document_iri(base, location, name),
        path=path,
        location=location,
        sha256=record.sha256,
        title=title,
        publisher=tidy(record.publisher) or tidy(marks.publisher),
        author=_read_author(record.author) or tidy(marks.author),
        published=to_iso(record.published) or marks.published,
        language=to_language(record.language) or to_language(marks.language) or guess_language(_skip_zones(record.text, zones)),
        url=url,
        is_opinion=_is_opinion(record, marks, title, url),
        text=record.text,
        zones=zones,
    )


def _locate(record: Record, file: InputFile, url: str | None) -> tuple[str, str]:
    """Return what tells the document from all others, and a readable name for its IRI."""
    stem = file.name.rstrip("/").rpartition("/")[2].rpartition(".")[0] or file.name
    identifier = tidy(record.name)
    if url:
        parts = urlsplit(url)
        last = [part for part in unquote(parts.path, errors="replace").split("/") if part]
        return url, last[-1].rpartition(".")[0] or last[-1] if last else parts.netloc
    if file.location == STDIN:
        # Nothing but its content tells one piped text from the next.
        return f"{STDIN}#{identifier or record.sha256}", f"stdin {identifier or ''}"
    if record.number is None:
        return file.location, stem
    part = identifier or str(record.number)
    return f"{file.location}#{part}", f"{stem} {part}"


def _read_author(given: str | None) -> str | None:
    """Return a byline's names; what it says as it stands, where it names nobody in full."""
    plain = tidy(given)
    if plain is None:
        return None
    without = plain[3:] if plain[:3].lower() == "by " else plain
    return read_names(without) or without


def _is_opinion(record: Record, marks: Marks, title: str | None, url: str | None) -> bool:
    lexicon = load_lexicon()
    section = record.section or marks.section
    return (
        marks.is_opinion
        or bool(title and lexicon.opinion_title.search(title))
        or bool(section and lexicon.opinion_section.fullmatch(section[:500]))
        or bool(url and lexicon.opinion_url.search(urlsplit(url).path))
    )


def _skip_zones(text: str, zones: tuple[Zone, ...]) -> str:
    """Return the text outside the zones, enough of it to tell its language."""
    pieces: list[str] = []
    position = 0
    for zone in zones:
        pieces.append(text[position : zone.span.begin][:4000])
        position = zone.span.end
    pieces.append(text[position : position + 4000])
    return "".join(pieces)


class SeenLocations:
    """Refuses a second document of one run that would replace the first one, since both have the same location."""

    def __init__(self) -> None:
        self._paths: dict[str, str] = {}

    def check(self, document: Document) -> Document | DocumentRefusedError:
        """Return the document, or the error where an earlier one had its location."""
        earlier = self._paths.setdefault(document.location, document.path)
        if earlier == document.path:
            return document
        problem = f"is the same document as {earlier!r} ({document.location}); give it another URL or id, or leave one out"
        return DocumentRefusedError(document.path, problem)
