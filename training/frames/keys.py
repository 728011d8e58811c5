"""Notes the words that the wordings of frames ask for: `python -m training.frames.keys --out models/frames`."""

from __future__ import annotations

import argparse
from pathlib import Path

from kg.extract.frame_literals import write_keys
from kg.rdf.ontology import read_frames


def main() -> None:
    """Write `keys.json` into a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    text = write_keys(pattern for frame in read_frames() for pattern in frame.patterns)
    (arguments.out / "keys.json").write_text(text, "utf-8")


if __name__ == "__main__":
    main()
