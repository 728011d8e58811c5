"""Codes of events that are found: the mode, the CAMEO code and the contexts, by the tables of the codebook."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from itertools import pairwise
from pathlib import Path

from kg.errors import ResourceInvalidError
from kg.extract.event_contexts import ContextLexicon, join_contexts
from kg.extract.token_table import TokenTable
from kg.model.cameo import find_cameo
from kg.model.event import Context, Event, EventType
from kg.model.mention import Mention
from kg.model.plover import choose_cameo, load_modes
from kg.resources import find_resource

#: By type: mode of each lemma.
ModeWords = Mapping[EventType, Mapping[str, str]]

_MODES = "ontology/lexicons/modes.toml"
_CONTENT_KINDS = frozenset({"NOUN", "VERB", "PROPN", "ADJ"})


class EventCoder:
    """Completes events with what their words and the codebook's tables tell; without state between texts.

    Args:
        contexts: words of contexts; those that come with the project by default.
        modes: words of the modes that tell what is asked for, refused or threatened; likewise.
    """

    def __init__(self, contexts: ContextLexicon | None = None, modes: ModeWords | None = None) -> None:
        self._contexts = contexts or ContextLexicon.load()
        self._modes = read_mode_words() if modes is None else modes

    def complete(
        self, table: TokenTable, mentions: Iterable[Mention], heads: Iterable[int], events: Iterable[Event]
    ) -> tuple[Event, ...]:
        """Return the events with ids, each with a mode and a CAMEO code where type and words tell one, and its contexts.

        Args:
            table: the text's tokens.
            mentions: of the text.
            heads: the token that heads the trigger of each event.
            events: in order of their triggers.
        """
        states = {mention.id for mention in mentions if mention.type == "State"}
        starts = [at for at in range(len(table)) if at == 0 or table.sentences[at] != table.sentences[at - 1]]
        bounds = {table.sentences[first]: range(first, end) for first, end in pairwise([*starts, len(table)])}
        told: dict[int, frozenset[Context]] = {}
        completed = []
        for head, event in zip(heads, events, strict=True):
            sentence = table.sentences[head]
            if sentence not in told:
                told[sentence] = self._contexts.find_contexts(table, bounds[sentence])
            completed.append(self._complete(table, head, event, told[sentence], states))
        return tuple(event.model_copy(update={"id": f"e{at}"}) for at, event in enumerate(completed, 1))

    def _complete(self, table: TokenTable, head: int, event: Event, told: frozenset[Context], states: set[str]) -> Event:
        mode = event.mode or self._find_mode(table, head, event) or None
        # The code of the type as such gives way to that of the mode.
        is_general = event.cameo in {None, choose_cameo(event.type, None)}
        cameo = (choose_cameo(event.type, mode) or event.cameo) if is_general else event.cameo
        between = () if not _is_between_states(event, states) else self._contexts.between_states.items()
        contexts = join_contexts(
            told,
            self._contexts.by_mode.get((event.type, mode or ""), ()),
            (context for context, types in between if event.type in types),
        )
        return event.model_copy(update={"mode": mode, "cameo": cameo, "contexts": contexts})

    def _find_mode(self, table: TokenTable, head: int, event: Event) -> str:
        """Return the mode that the CAMEO code has, else what the deed and the words that depend on it tell; empty for none."""
        row = find_cameo(event.cameo) if event.cameo else None
        if row is not None and row.type == event.type and (event.type, row.mode) in load_modes() and row.mode:
            return row.mode
        words = self._modes.get(event.type)
        if not words:
            return ""
        below = sorted(table.iterate_subtree(head))
        return next(
            (
                words[table.lemmas[token]]
                for token in below
                if table.kinds[token] in _CONTENT_KINDS and table.lemmas[token] in words
            ),
            "",
        )


def _is_between_states(event: Event, states: set[str]) -> bool:
    sides = [{argument.mention for argument in side if argument.mention} for side in (event.actors, event.recipients)]
    return all(side & states for side in sides) and sides[0] != sides[1]


def read_mode_words(path: Path | None = None) -> ModeWords:
    """Return the words of modes by type; without `path` those that come with the project.

    Raises:
        ResourceInvalidError: the file is missing, not TOML, or names a mode that its type does not have.
    """
    path = path or find_resource(_MODES)
    words: dict[EventType, dict[str, str]] = {}
    try:
        for row in tomllib.loads(path.read_text(encoding="utf-8"))["mode"]:
            for kind in row["types"]:
                if (kind, row["mode"]) not in load_modes() or not row["mode"]:
                    raise ResourceInvalidError(str(path), f"{row['mode']!r} is no mode of {kind}")
                for word in row["words"]:
                    words.setdefault(kind, {}).setdefault(word, row["mode"])
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResourceInvalidError(str(path), f"cannot be read: {error}") from error
    except (KeyError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is not a lexicon of modes: {error}") from error
    return words
