"""How much memory a process has taken."""

from __future__ import annotations

import re
import resource
from pathlib import Path


def read_peak_mb() -> int:
    """Return the largest resident size of this process so far, in MiB, without what its parent used before it began.

    Where the system does not tell that (it does on Linux), the parent's counts as well.
    """
    status = Path("/proc/self/status")
    if status.is_file() and (match := re.search(r"VmHWM:\s+(\d+)", status.read_text("ascii"))):
        return int(match[1]) // 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
