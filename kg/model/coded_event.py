"""Events that somebody else has coded: rows of GDELT, ICEWS and POLECAT tables."""

from __future__ import annotations

from typing import Literal, NamedTuple

from kg.model.event import EventType

#: The tables that can be read.
TableLayout = Literal["gdelt-1.0", "gdelt-2.0", "icews", "polecat"]


class CodedParty(NamedTuple):
    """An actor or recipient as a row names it; what the row leaves empty is empty.

    Attributes:
        name: as written ("MICHAEL HOLT", "Citizen (Norway)").
        code: CAMEO's code of the whole party ("USAGOV").
        country: a code of three letters or an English name.
        group: CAMEO's code of a known group ("UNO").
        sectors: codes ("GOV") or names ("Executive Office") of what part of society it is, in the order of the row.
    """

    name: str = ""
    code: str = ""
    country: str = ""
    group: str = ""
    sectors: tuple[str, ...] = ()


class CodedEvent(NamedTuple):
    """A row of a table of coded events. There is no sentence behind it, only what the table says.

    Attributes:
        line: 1-based line of the table that the row begins on.
        identifier: the table's own id.
        type: None where PLOVER has dropped what the CAMEO code stands for (01 statements, 02 appeals).
        cameo: the code as given; empty in tables without CAMEO.
        contexts: of PLOVER, in the order of the row.
        date: ISO 8601 day. place: its name, as given. url: of the report; empty where the table names none.
        intensity: on Goldstein's scale from -10 to 10; None where the table gives none.
        article_count: how many articles the table counts; None where it does not.
    """

    line: int
    identifier: str
    type: EventType | None
    date: str
    actors: tuple[CodedParty, ...] = ()
    recipients: tuple[CodedParty, ...] = ()
    cameo: str = ""
    mode: str = ""
    contexts: tuple[str, ...] = ()
    intensity: float | None = None
    article_count: int | None = None
    place: str = ""
    url: str = ""


class EventTablePart(NamedTuple):
    """Consecutive rows of one table: what is stored, and replaced, as one document.

    Attributes:
        id, path, location, sha256, title: as of a `Document`; `path` is the file's with `#n` for the n-th part.
        events: the rows that can be used, in order of the table; maybe none.
    """

    id: str
    path: str
    location: str
    sha256: str
    title: str
    layout: TableLayout
    events: tuple[CodedEvent, ...]
