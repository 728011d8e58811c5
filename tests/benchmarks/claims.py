"""Does comparing claims grow with their number? `python -m tests.benchmarks.claims [--documents 500 1000 2000]`.

Claims are made, not read: each is one of a number of theses that grows with the documents, in words of which a few are its own,
with a vector near that of its thesis. Seconds are CPU of the steps over a store's tables: for all documents but one, and for that
one then. Precision and recall are of pairs of claims that are of one thesis.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from kg.build.claims import compare_fresh, describe_wordings
from kg.build.groups import write_described
from kg.model.cluster import ClaimReport, Wording
from kg.model.occurrence import Origin, Party
from kg.rdf import namespaces as ns
from kg.resolve.across_claims.blocks import find_blocks
from kg.store.annotations import AnnotationFile
from kg.store.claims import ClaimTables, PackedClaim, pack_claim
from kg.store.embedded import Store, open_store
from kg.store.reports import ReportTables, Told
from tests.benchmarks.memory import read_peak_mb

SIZES = (500, 1000, 2000)
BASE = "https://sayso.example/"
_CLAIMS_A_DOCUMENT = 10
_CLAIMS_A_THESIS = 4
_ACTORS = 60
_WORDS = 3000
_NUMBERS = 96


def make_claims(documents: int, seed: int = 5) -> Iterator[tuple[ClaimReport, int]]:
    """Yield the claims of so many documents, each with the number of its thesis; the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    theses = documents * _CLAIMS_A_DOCUMENT // _CLAIMS_A_THESIS
    for number in range(documents):
        for at in range(_CLAIMS_A_DOCUMENT):
            thesis = chance.randrange(theses)
            name = f"{BASE}document/{number:05}"
            speaker = _to_party(chance.randrange(_ACTORS))
            wording = _make_wording(thesis, chance)
            yield ClaimReport(claim=f"{name}#a{at}", document=name, speakers=(speaker,), wording=wording), thesis


def _to_party(number: int) -> Party:
    actor = f"{BASE}actor/state/s{number}"
    return Party(actor=actor, type="State", country=actor)


def _make_wording(thesis: int, chance: random.Random) -> Wording:
    own = random.Random(thesis)  # noqa: S311 - not for secrets
    party = _to_party(own.randrange(_ACTORS))
    words = {f"w{own.randrange(_WORDS)}" for _ in range(6)}
    vector = [own.randrange(-100, 101) for _ in range(_NUMBERS)]
    words -= {word for word in sorted(words) if chance.random() < 0.25}
    words |= {f"w{chance.randrange(_WORDS)}"}
    near = [max(-127, min(127, value + chance.randrange(-30, 31))) for value in vector]
    return Wording(
        parties=(party,),
        content=tuple(sorted(words)),
        words=tuple(sorted(words)),
        vector=bytes(value % 256 for value in near).hex(),
    )


def score_pairs(claims: Sequence[tuple[ClaimReport, int]], store: Store) -> tuple[float, float]:
    """Return (precision, recall) of the pairs of claims that the graph has in one thesis."""
    graph = ns.name_claims_graph(BASE).value
    sides = {ns.AFFIRMS.value, ns.DENIES.value}
    found = {quad.subject.value: str(quad.object) for quad in store.quads(graph) if quad.predicate.value in sides}
    cells = Counter((found.get(claim.claim, claim.claim), truth) for claim, truth in claims)
    ones: Counter[str] = Counter()
    truths: Counter[int] = Counter()
    for (thesis, truth), count in cells.items():
        ones[thesis] += count
        truths[truth] += count
    right, told, wanted = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (cells, ones, truths))
    return right / max(1, told), right / max(1, wanted)


def measure(claims: Sequence[tuple[ClaimReport, int]]) -> dict[str, float]:
    """Return the figures of the module's docstring."""
    documents: dict[str, list[PackedClaim]] = {}
    for claim, _ in claims:
        documents.setdefault(claim.document, []).append(pack_claim(claim, find_blocks(claim.wording)))
    *most, last = documents.items()
    found: dict[str, float] = {}
    with (
        tempfile.TemporaryDirectory() as folder,
        open_store(Path(folder) / "store", BASE, {}) as store,
        AnnotationFile(Path(folder)) as kept,
    ):
        origins, tables = ReportTables(kept), ClaimTables(kept)
        origins.replace(Told(name, Origin(document=name, publisher=name[-2:], copy_of=name)) for name in documents)
        for name, part in (("first_run", most), ("one_more", [last])):
            begin = time.process_time()
            tables.replace(part)
            compare_fresh(tables)
            write_described(store, describe_wordings(store, tables, BASE))
            tables.clear_touched()
            found[name] = round(time.process_time() - begin, 2)
        precision, recall = score_pairs(claims, store)
        size = (Path(folder) / "annotations.sqlite").stat().st_size
    return {
        **found,
        "precision": round(precision, 3),
        "recall": round(recall, 3),
        "kb_a_document": size // 1024 // len(documents),
    }


def main() -> int:
    """Print one JSON line with the figures for each number of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="*", default=SIZES)
    rows = []
    for size in parser.parse_args().documents:
        claims = list(make_claims(size))
        figures = measure(claims)
        peak = read_peak_mb()
        rows.append({"documents": size, "claims": len(claims), **figures, "peak_mb": peak})
    sys.stdout.write(json.dumps(rows) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
