"""When events take place, on texts of our own: `python -m tests.scores.dates --data tests/cases/dates [--verbose]`.

PATH is a folder of case files, or one file. A case is a text, the day of its publication, the trigger of one of its events,
and when that event takes place. "right" is the share of cases in which an event with this trigger is found with exactly this
date, end and precision, or with none where the text does not tell. An event that is not found at all is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

from kg.build.toolchain import Toolchain
from kg.model.event import Event
from kg.model.span import quote_spans
from kg.settings import Settings
from tests.scores.reporting import Prediction, parse_arguments, report
from tests.scores.texts import annotate_text, read_text_cases


class Case(NamedTuple):
    """A text and the time of an event in it.

    Attributes:
        group: the name of its file.
        trigger: words that the trigger of the event holds, parts joined by " … ".
        date: ISO 8601, reduced to its precision; "" where the text does not tell.
        date_end: "" where `date` says all.
        precision: of `date`; of no account where that is "".
        xfail: why it is known to fail; None where it passes.
    """

    group: str
    phenomenon: str
    text: str
    trigger: str
    date: str
    date_end: str = ""
    precision: Literal["day", "week", "month", "year", "decade"] = "day"
    published: str = "2025-10-22"
    xfail: str | None = None

    @property
    def expected(self) -> str:
        """Date, end and precision on one line; "" for none."""
        return f"{self.date}/{self.date_end} {self.precision}" if self.date else ""


def read_date_cases(path: Path) -> list[Case]:
    """Return the cases of a file or folder; raises as `read_text_cases`."""
    return read_text_cases(path, Case)


def find_date(case: Case, toolchain: Toolchain) -> str | None:
    """Return when the event takes place as `Case.expected` writes it; None where no event has the trigger."""
    return select_date(case, annotate_text(case.text, case.published, toolchain).extraction.events)


def select_date(case: Case, events: Iterable[Event]) -> str | None:
    """Return when the first event with the case's trigger takes place, as `Case.expected` writes it; None without one."""
    words = [part.strip() for part in case.trigger.split("…")]
    for event in events:
        trigger = quote_spans(case.text, event.trigger)
        if all(part in trigger for part in words):
            return f"{event.date}/{event.date_end or ''} {event.date_precision}" if event.date else ""
    return None


def main() -> int:
    """Score the cases; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    toolchain = Toolchain(Settings(profile=arguments.profile))
    judged = [(case, find_date(case, toolchain)) for case in read_date_cases(arguments.data)]
    figures: dict[str, object] = {}
    for group in ("", *sorted({case.group for case, _ in judged})):
        rows = [(case, found) for case, found in judged if group in {"", case.group}]
        right = sum(found == case.expected for case, found in rows)
        figures[group or "right"] = {
            "accuracy": round(right / len(rows), 3),
            "found": sum(found is not None for _, found in rows),
            "cases": len(rows),
        }
    if arguments.verbose:
        for case, found in judged:
            if found != case.expected:
                sys.stdout.write(f"{case.group}: {case.phenomenon}: {case.expected!r}, got {found!r}\n")
    predictions = [Prediction(f"{case.group}: {case.phenomenon}", case.expected, found) for case, found in judged]
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
