"""The tables of a store as those read them who work on parts: opened with the first part, and anew where they have changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.build.recent import Recent
from kg.resolve.across_claims.compare import prepare as prepare_wording
from kg.resolve.across_claims.pairs import Member as WordingMember
from kg.resolve.across_events.compare import prepare as prepare_report
from kg.resolve.across_events.pairs import Member as ReportMember
from kg.store.annotations import AnnotationFile
from kg.store.claims import ClaimTables
from kg.store.passages import PassageTables
from kg.store.reports import ReportTables

#: Reports, and wordings, that stay in memory: those of some weeks, or about some actors.
_MOST_KEPT = 20_000


class OpenTables:
    """Tables that are open for reading, beside the one who writes to the store.

    Attributes:
        kept: the file that holds them.
        reports, claims, passages: the tables.
        report_members, wording_members: what they hold by number, as it is compared.
    """

    def __init__(self, folder: Path) -> None:
        """Open the tables of the store in a folder.

        Raises:
            StoreInvalidError: there are none, or they cannot be read.
        """
        self.folder = folder
        self.kept = AnnotationFile(folder, is_read_only=True)
        self._version = self._read_version()
        self.reports, self.claims, self.passages = ReportTables(self.kept), ClaimTables(self.kept), PassageTables(self.kept)
        self.report_members: Recent[ReportMember] = Recent(self._read_reports, _MOST_KEPT)
        self.wording_members: Recent[WordingMember] = Recent(self._read_wordings, _MOST_KEPT)

    def has_changed(self) -> bool:
        """Whether something was written to the tables since they were opened."""
        return self._read_version() != self._version

    def close(self) -> None:
        """Close the file."""
        self.kept.close()

    def _read_version(self) -> int:
        return int(self.kept.select("PRAGMA data_version")[0][0])

    def _read_reports(self, numbers: Iterable[int]) -> dict[int, ReportMember]:
        found = self.reports.get_compared(list(numbers))
        return {number: ReportMember(prepare_report(one.report), one.blocks, one.is_fresh) for number, one in found.items()}

    def _read_wordings(self, numbers: Iterable[int]) -> dict[int, WordingMember]:
        found = self.claims.get_compared(list(numbers))
        return {number: WordingMember(prepare_wording(one.wording), one.blocks, one.is_fresh) for number, one in found.items()}


_tables: OpenTables | None = None


def open_tables(folder: Path) -> OpenTables:
    """Return the tables of the store in a folder, which stay open; errors are those of `OpenTables`."""
    global _tables  # noqa: PLW0603 - a process works on the parts of one store at a time
    if _tables is None or _tables.folder != folder or _tables.has_changed():
        _close_tables()
        _tables = OpenTables(folder)
    return _tables


@contextmanager
def closing_tables() -> Iterator[None]:
    """Close, at the end, what `open_tables` has opened in this process."""
    try:
        yield
    finally:
        _close_tables()


def _close_tables() -> None:
    global _tables  # noqa: PLW0603 - see `open_tables`
    if _tables is not None:
        _tables.close()
        _tables = None
