"""What corrects and completes the events that the rules find in one text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from kg.extract.event_phrases import PhraseReader
from kg.extract.token_table import TokenTable
from kg.model.event import Event
from kg.model.mention import Mention


class Found(NamedTuple):
    """An event and the token that heads its trigger."""

    head: int
    event: Event


class EventRefiner(Protocol):
    """Corrects and completes events."""

    def refine(
        self, table: TokenTable, mentions: Sequence[Mention], phrases: PhraseReader, found: Sequence[Found]
    ) -> list[Found]:
        """Return the events in their order.

        Args:
            table: the text's tokens.
            mentions: of the text.
            phrases: reads its noun phrases.
            found: the rules' events.
        """
        ...
