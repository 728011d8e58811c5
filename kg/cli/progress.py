"""What a person sees of a build on a terminal: how many documents, how fast, how long still."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from kg.cli.tables import to_safe

if TYPE_CHECKING:
    from kg.build.progress import Progress

#: Seconds over which the rate is measured: documents that are skipped at once must not promise the same for the others.
_WINDOW_SECONDS = 60.0
_MINUTE, _HOUR = 60, 3600


class ProgressLine:
    """Puts progress into words.

    Args:
        clock: gives seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._samples: deque[tuple[float, int]] = deque([(clock(), 0)])

    def write(self, progress: Progress) -> str:
        """Return one line without markup."""
        now = self._clock()
        self._samples.append((now, progress.done))
        while len(self._samples) > 2 and now - self._samples[1][0] > _WINDOW_SECONDS:
            self._samples.popleft()
        refused = f", {progress.refused:,} refused" if progress.refused else ""
        if progress.stage == "settling":
            return f"{progress.stored:,} documents stored{refused}; settling who and what is the same"
        if progress.total is None:
            counted = f"{progress.done:,} documents"
        else:
            # A file may turn out to hold more than one document.
            counted = f"{progress.done:,} of {max(progress.total, progress.done):,} documents"
        return f"{counted}{self._write_rate(progress, now)}{refused}; {to_safe(progress.path)}"

    def _write_rate(self, progress: Progress, now: float) -> str:
        begin, done_then = self._samples[0]
        if now - begin < 1 or progress.done == done_then:
            return ""
        rate = (progress.done - done_then) / (now - begin)
        if progress.total is None or progress.total <= progress.done:
            return f", {rate:.1f} a second"
        return f", {rate:.1f} a second, {write_duration((progress.total - progress.done) / rate)} left"


def write_duration(seconds: float) -> str:
    """Return a duration in its largest fitting unit: `40 s`, `12 min`, `3 h 20 min`."""
    if seconds < _MINUTE:
        return f"{seconds:.0f} s"
    if seconds < _HOUR:
        return f"{seconds / _MINUTE:.0f} min"
    hours, minutes = divmod(round(seconds / _MINUTE), _MINUTE)
    return f"{hours:,} h {minutes} min"


@contextmanager
def show_progress() -> Iterator[Callable[[Progress], None]]:
    """Give what shows progress on stderr where that is a terminal, and what shows nothing elsewhere."""
    from rich.console import Console  # noqa: PLC0415 - keeps `kg --help` fast
    from rich.markup import escape  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield lambda _: None
        return
    line = ProgressLine()
    with console.status("reading") as status:
        yield lambda progress: status.update(escape(line.write(progress)))
