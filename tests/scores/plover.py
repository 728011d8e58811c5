"""Event types against sentences marked with source and target (the PLV data).

For each sentence the event whose actor and recipient overlap the marked source and target is taken, else another event of
the sentence, else a trigger whose arguments are no actors, else the most frequent root of PLV's training part.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from spacy.tokens import Doc

from kg.errors import KgError
from kg.extract.event_lexicon import EventLexicon
from kg.extract.event_modality import assess_status
from kg.extract.event_triggers import find_triggers
from kg.extract.token_table import TokenTable
from kg.model.annotation import Extraction
from kg.model.event import Argument, Event
from tests.scores.sentences import extract_sentences, find_data, parse_arguments, print_figures, to_f1, write_predictions

_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "YIELD"})
_MATERIAL_CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
#: PLV's labels were converted from CAMEO codes; these differ from the newer codebook's root types.
_BY_CAMEO = {"116": "ACCUSE", "055": "SUPPORT", "057": "SUPPORT"}
_ACTS = {"reject": "REJECT", "threaten": "THREATEN", "agree": "AGREE"}
#: PLV's quad classes (`gold_penta`): verbal and material cooperation, verbal and material conflict.
_QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
_MOST_FREQUENT = "YIELD"
_FOLDS = 5


def to_root(event_type: str, cameo: str | None, polarity: str, modality: str) -> str:
    """Return the root that PLV gives to an event of the project.

    PLOVER reduces cooperation that is denied to REJECT, cooperation still to come to AGREE and material conflict still to
    come to THREATEN (manual, auxiliary modes); PLV folds CONCEDE and RETREAT into YIELD.
    """
    if polarity == "negated" and event_type in _COOPERATIVE:
        return "REJECT"
    if modality == "future" and event_type in _COOPERATIVE:
        return "AGREE"
    if modality == "future" and event_type in _MATERIAL_CONFLICT:
        return "THREATEN"
    if cameo in _BY_CAMEO:
        return _BY_CAMEO[cameo]
    return "YIELD" if event_type in {"CONCEDE", "RETREAT"} else event_type


def predict_root(doc: Doc, extraction: Extraction, source: str, target: str, lexicon: EventLexicon) -> str:
    """Return the root predicted for one sentence."""

    def rank(event: Event) -> tuple[float, ...]:
        overlap = _overlaps(doc.text, event.actors, source) + _overlaps(doc.text, event.recipients, target)
        return overlap, event.modality != "hypothetical", event.by != "rule:event-noun", event.confidence, -event.trigger[0].begin

    if extraction.events:
        best = max(extraction.events, key=rank)
        return to_root(best.type, best.cameo, best.polarity, best.modality)
    table = TokenTable(doc)
    for trigger in find_triggers(table, lexicon, {}):
        status = assess_status(table, lexicon, trigger)
        event_type = _ACTS.get(status.act or "", trigger.group.type)
        return to_root(event_type, trigger.group.cameo, status.polarity, status.modality)
    return _MOST_FREQUENT


def _overlaps(text: str, arguments: Sequence[Argument], marked: str) -> int:
    begin = text.find(marked)
    end = begin + len(marked)
    return int(begin >= 0 and any(s.begin < end and begin < s.end for argument in arguments for s in argument.spans))


def compare_roots(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Return macro-F1 in percent over the labels that the gold has."""
    pairs = Counter(zip(gold, predicted, strict=True))
    gold_counts, predicted_counts = Counter(gold), Counter(predicted)
    return round(sum(to_f1(pairs[r, r], predicted_counts[r], gold_counts[r]) for r in gold_counts) / max(1, len(gold_counts)), 2)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of the PLV files at a path, in order; CONCEDE and RETREAT of other splits folded to YIELD.

    Raises:
        KgError: no such file, or one without the columns of the development data.
    """
    rows: list[dict[str, str]] = []
    for file in find_data(path, "PLV_*.tsv"):
        with file.open(encoding="utf-8", newline="") as lines:
            found = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        if not found or not {"sentence_id", "sentence", "source", "target", "gold_root"} <= set(found[0]):
            raise KgError(f"{file}: has no rows with sentence_id, sentence, source, target and gold_root")
        rows += found
    for row in rows:
        row["gold_root"] = "YIELD" if row["gold_root"] in {"CONCEDE", "RETREAT"} else row["gold_root"]
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; 2 where the data cannot be read."""
    options = parse_arguments("Event types on PLV.", arguments)
    try:
        rows = read_rows(options.data)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    lexicon = EventLexicon.load()
    gold = [row["gold_root"] for row in rows]
    predicted = [
        predict_root(doc, extraction, row["source"], row["target"], lexicon)
        for row, (doc, extraction) in zip(rows, extract_sentences(row["sentence"] for row in rows), strict=True)
    ]
    write_predictions(
        options.predictions,
        (
            {"id": row["sentence_id"], "gold": row["gold_root"], "predicted": root}
            for row, root in zip(rows, predicted, strict=True)
        ),
    )
    for root in sorted(set(gold)):
        hits = sum(g == p == root for g, p in zip(gold, predicted, strict=True))
        sys.stdout.write(f"{root:10} {gold.count(root):5} gold  F1 {to_f1(hits, predicted.count(root), gold.count(root)):6.2f}\n")
    figures: dict[str, object] = {
        "items": len(rows),
        "macro_f1": compare_roots(gold, predicted),
        "quad_macro_f1": compare_roots([str(_QUADS[root]) for root in gold], [str(_QUADS[root]) for root in predicted]),
        "accuracy": round(100 * sum(g == p for g, p in zip(gold, predicted, strict=True)) / len(rows), 2),
    }
    if options.cross_validate:
        figures["folds_macro_f1"] = [compare_roots(gold[at::_FOLDS], predicted[at::_FOLDS]) for at in range(_FOLDS)]
        figures["note"] = "nothing is trained: the folds only show the spread"
    print_figures(figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
