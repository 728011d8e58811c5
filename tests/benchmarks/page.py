"""How soon the exported page is drawn: `python -m tests.benchmarks.page [--actors N] [--ties N]`.

A generated network is written as a page and opened from disk in headless Chromium, whose WebGL is the processor's
(SwiftShader). Seconds depend on the machine and want an idle one; the processor's time of the page does less.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from kg.export.page import write_page
from tests.web.browser import WITH_WEBGL, open_page, start_browser
from tests.web.generated import make_content

_ROUNDS = 3
_TIMES = """() => {
  const [navigation] = performance.getEntriesByType("navigation");
  const [drawn] = performance.getEntriesByName("drawn");
  return [drawn.startTime, drawn.startTime - navigation.responseEnd, navigation.loadEventEnd];
}"""


def main() -> int:
    """Print the size of the file, and from each round when the page was drawn and what it cost."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--actors", type=int, default=5_000)
    parser.add_argument("--ties", type=int, default=20_000)
    arguments = parser.parse_args()
    content = make_content(arguments.actors, arguments.ties)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "page.html")
        begun = time.process_time()
        with path.open("w", encoding="utf-8", newline="") as stream:
            has_graph = write_page(content, stream)
        spent = time.process_time() - begun
        if not has_graph:
            sys.stderr.write("the page has no graph; run `make web` first\n")
            return 1
        data = path.read_text("utf-8").partition('id="data">')[2].partition("</script>")[0]
        statements = len(content.record.statements)
        sys.stdout.write(
            f"{statements} statements, {path.stat().st_size / 1e6:.1f} MB, of these data {len(data.encode()) / 1e6:.1f} MB; "
            f"written in {spent:.1f} s of processor time\n"
        )
        with start_browser(*WITH_WEBGL) as browser:
            for number in range(1, _ROUNDS + 1):
                sys.stdout.write(f"round {number}: {_measure(browser, path)}\n")
    return 0


def _measure(browser: Any, path: Path) -> str:
    session = browser.new_browser_cdp_session()
    with open_page(browser) as watched:
        before = _read_processor_seconds(session)
        watched.page.goto(path.as_uri())
        watched.page.wait_for_selector("html[data-state=drawn]")
        # Two frames on, all that was asked for is on the screen.
        painted = watched.page.evaluate(
            "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now()))))"
        )
        drawn, since_response, loaded = watched.page.evaluate(_TIMES)
        after = _read_processor_seconds(session)
    spent = {kind: after[kind] - before[kind] for kind in ("renderer", "GPU")}
    return (
        f"drawn {drawn / 1e3:.2f} s after opening, {since_response / 1e3:.2f} s after the file was read, "
        f"loaded at {loaded / 1e3:.2f} s, painted at {painted / 1e3:.2f} s; "
        f"processor: page {spent['renderer']:.2f} s, WebGL {spent['GPU']:.2f} s"
    )


def _read_processor_seconds(session: Any) -> Counter[str]:
    """Return the seconds of processor time of the browser's processes so far, by their kind."""
    seconds: Counter[str] = Counter()
    for process in session.send("SystemInfo.getProcessInfo")["processInfo"]:
        seconds[process["type"]] += process["cpuTime"]
    return seconds


if __name__ == "__main__":
    sys.exit(main())
