"""National teams: "Brazil beat Argentina 2-1", "the England squad" are no states."""

from __future__ import annotations

import re

from kg.model.mention import Mention
from kg.resolve.names import fold_name
from kg.resolve.view import View

_PLAYERS = (
    r"striker|goalkeeper|midfielder|defender|winger|full-?back|fly-half|scrum-half|centre-forward|batsman|batter|bowler|"
    r"wicketkeeper|all-rounder|point guard|playmaker|squad|footballers?|cricketers?|rugby|football|cricket|hockey|"
    r"basketball|netball"
)
_QUALITIES = r"national|men['’]s|women['’]s|under-\d+|former|star|veteran"
#: Who plays for it stands right behind its name, also a captain or coach where the text is on sport at all.
_PLAYER_BEHIND = re.compile(rf"(?:[’']s)?\s+(?:(?:{_QUALITIES})\s+)*(?:{_PLAYERS})\b")
_TEAM_BEHIND = re.compile(r"(?:[’']s)?\s+(?:(?:national|head|team)\s+)*(?:team|captain|coach|manager|fans?|supporters|XI)\b")
_MATCH_BEHIND = re.compile(
    r"\s+(?:\d+[-–]\d+\s+)?(?:(?:will|had|have|has)\s+)?(?:beaten|beats?|won|wins?|lost|lose|drew|draw|thrashed|edged|plays?|"
    r"played|faces?|faced|were|was|and)\b"
)
_MATCH_BEFORE = re.compile(
    r"\b(?:beats?|beating|defeated|thrashed|edged|held|faces?|faced|against|over|to|by|and|plays?|played|with|versus|v|vs\.?)\s+$"
)
#: "2-1", but not "10-12 soldiers".
_SCORE = re.compile(
    r"(?<![\w-])\d{1,3}[-–]\d{1,3}(?=\s*(?:[,.;:)]|$)|\s+(?:in|on|at|to|after|with|against|over|from|win|victory|defeat|loss)\b)"
)
_SPORT = re.compile(
    r"\b(?:goalkeeper|striker|midfielder|hat-trick|wickets|innings|bowled|penalty shoot-?out|World Cup|qualifier|"
    r"semi-?finals?|quarter-?finals?|kick-?off|half-?time|stoppage time|scrum-half|"
    r"(?:match|matches|friendly) (?:against|between|with))\b"
)
#: So many of these words make a report on sport.
_REPORT = re.compile(
    r"\b(?:rugby|football|soccer|cricket|hockey|basketball|tennis|coach|captain|fly-half|tries|kicked|World Cup|season|league|"
    r"squad|"
    r"match|matches|goals?|team|teams|players?|striker|goalkeeper|midfielder|tournament|half-time|championship|injury|penalty|"
    r"qualifier|semi-final|quarter-final|final|wickets|innings|fixture|scored|defeat|victory)\b"
)
_FEWEST = 5
_RESULT = re.compile(
    r"\b(?:beat|beats|beating|defeated|thrashed|edged|against|(?:victory|win) over|defeat by|lost to|versus|v|vs\.?)\s+$"
)
_RESULT_BEHIND = re.compile(
    r"\s+(?:(?:will|had|have|has)\s+)?(?:beaten|beats?|won|wins?|lost|lose|drew|thrashed|edged|plays?|played)\b"
)
_MET = re.compile(r"\s+(?:have |had |will )?(?:met|meet|take on|took on|host|hosted)\b")
_MATCH_VERB = re.compile(
    r"\b(?:beat|beats|beating|beaten|defeated|defeat|won|lost|drew|draw|thrashed|edged|win|victory|match|final|game)\b"
)
_SENTENCE_END = re.compile(r"[.!?][”\"’')]*\s+(?=[A-Z“\"])|\n")


class Teams:
    """Tells teams from states by the words around a name and by the sport that its sentence speaks of."""

    def __init__(self, view: View) -> None:
        """Find where sentences end."""
        self._text = view.document.text
        self._view = view
        self._is_sport = _SPORT.search(self._text) is not None
        self._is_report = len({found[0].rstrip("s") for found in _REPORT.finditer(self._text)}) >= _FEWEST
        self._known: dict[str, bool] = {}

    def is_team(self, mention: Mention) -> bool:
        """Return whether a state's name or adjective means the team that plays for it; a state that hosts a cup is no team."""
        if not mention.spans or self._view.is_located(mention):
            return False
        if self._plays(mention):
            return True
        if not self._is_report or mention.id in self._view.affiliated_to:
            return False
        # In a report on sport, who plays in one sentence is the team in the others.
        name = fold_name(mention.name)
        if name not in self._known:
            same = (m for m in self._view.extraction.mentions if m.kind == "name" and m.spans and fold_name(m.name) == name)
            self._known[name] = any(self._plays(m) for m in same if not self._view.is_located(m))
        return self._known[name]

    def _plays(self, mention: Mention) -> bool:
        begin, end = mention.spans[0].begin, mention.spans[-1].end
        if _PLAYER_BEHIND.match(self._text, end) or (self._is_sport and _TEAM_BEHIND.match(self._text, end)):
            return True
        sentence = self._find_sentence(begin, end)
        has_score = _SCORE.search(sentence) is not None and _MATCH_VERB.search(sentence) is not None
        if not (has_score or self._is_report or _SPORT.search(sentence)):
            return False
        before = self._text[max(0, begin - 24) : begin]
        if self._is_report and not has_score and not _SPORT.search(sentence):
            return bool(_RESULT.search(before) or _RESULT_BEHIND.match(self._text, end) or _MET.match(self._text, end))
        return _MATCH_BEHIND.match(self._text, end) is not None or _MATCH_BEFORE.search(before) is not None

    def _find_sentence(self, begin: int, end: int) -> str:
        first = max(
            (m.end() for m in _SENTENCE_END.finditer(self._text, max(0, begin - 400), begin)), default=max(0, begin - 400)
        )
        after = _SENTENCE_END.search(self._text, end)
        return self._text[first : len(self._text) if after is None else after.start()]
