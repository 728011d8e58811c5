"""A picture of an exported page: `python -m tests.web.picture PAGE.html OUT.png --node IRI`, with Debian's Chromium."""

from __future__ import annotations

import argparse
from pathlib import Path
from urllib.parse import urlencode

from tests.web.browser import WITH_WEBGL, open_page, start_browser, wait_until

#: The drawing is done and labels are in place.
_SETTLED_MILLISECONDS = 1_500


def main() -> int:
    """Open the page with a node chosen, wait for its statements, and write what a window of 1280 by 760 pixels shows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--node", required=True, help="IRI of the actor whose statements are shown")
    arguments = parser.parse_args()
    with start_browser(*WITH_WEBGL) as browser, open_page(browser, viewport={"width": 1280, "height": 760}) as watched:
        watched.page.goto(f"{arguments.page.resolve().as_uri()}#{urlencode({'node': arguments.node})}")
        wait_until(watched.page, "() => document.querySelector('mark') !== null")
        watched.page.wait_for_timeout(_SETTLED_MILLISECONDS)
        watched.page.screenshot(path=str(arguments.out))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
