"""Filters of claims as one SPARQL query: its text has the lines that are asked for, and their values are bound as terms."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kg.model.attribution import Polarity
from kg.model.base import Frozen
from kg.query.binding import SUFFIX, bind_terms
from kg.query.reader import Reader, read_rows, to_text
from kg.store.batches import split
from kg.store.terms import NamedNode, OxLiteral, QuerySolutions

_XSD_DATE = NamedNode("http://www.w3.org/2001/XMLSchema#date")
_SCHEMES = "https://sayso.example/scheme/"
_PREFIXES = """PREFIX kg: <https://sayso.example/ontology#>
PREFIX cue: <https://sayso.example/scheme/cue-type/>
PREFIX frame: <https://sayso.example/scheme/frame/>
PREFIX polarity: <https://sayso.example/scheme/polarity/>
PREFIX nif: <http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#>
PREFIX org: <http://www.w3.org/ns/org#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>

"""
# Everything of a claim stands in its document's group, the values of filters too, and what may be missing is optional there:
# so engines look up few claims one by one, where they would join all of them otherwise.
_DETAILS = """    ?claim nif:anchorOf ?sentence .
    OPTIONAL { ?claim kg:cue ?cue }
    OPTIONAL { ?claim kg:sourceText ?source_text }
"""
_CUE = """    OPTIONAL { ?claim kg:cueType ?cue_type }
    OPTIONAL { ?claim kg:cueNegated ?cue_negated }
"""
_PUBLISHED = """    OPTIONAL { ?claim kg:published ?published }
"""
# A claim denies as a whole where either its cue or its content does, not where both do. What is asked, or said not to have
# been said, takes neither side; not to believe is to deny. As in the queries who-claims and who-denies; denying as a frame of
# its own is affirmed by whoever denies, as in the query frames-over-time.
_CONTENT = """    OPTIONAL { ?claim kg:polarity ?polarity }
    BIND(COALESCE(?polarity = polarity:negated, false) AS ?is_content_negated)
    BIND(COALESCE(?cue_type = cue:denial, false) AS ?is_denying)
"""
_CONTENT_ON_FRAME = """    OPTIONAL { ?claim kg:deniedFrame ?denied . FILTER(?denied = ?frame_param) }
    BIND(BOUND(?denied) AS ?is_content_negated)
    BIND(COALESCE(?cue_type = cue:denial && ?frame_param != frame:denial, false) AS ?is_denying)
"""
# One claim may say different frames of different actors.
_FRAMED_TARGET = """    FILTER(
      NOT EXISTS { ?claim kg:framing ?any_framing }
      || EXISTS { ?claim kg:framing ?framing . ?framing kg:inFrame ?frame_param ; kg:ofActor ?about_param }
    )
"""
_SIDE = """    FILTER(COALESCE(?cue_type != cue:question, true))
    BIND(?is_denying || COALESCE(?cue_negated, false) AS ?is_turned)
"""
_SIDES = {
    "affirmed": """    FILTER(!COALESCE(?cue_negated, false))
    FILTER(?is_turned = ?is_content_negated)
""",
    "negated": """    FILTER(!COALESCE(?cue_negated, false) || COALESCE(?cue_type = cue:belief, false))
    FILTER(?is_turned != ?is_content_negated)
""",
}
_HOLDERS = """  GRAPH ?posts { ?role a kg:Role ; org:organization ?speaker_param ; org:member ?holder }
"""
_SPEAKER = """  OPTIONAL {
    GRAPH ?document { ?claim kg:speaker ?speaker_iri }
    GRAPH ?actors { ?speaker_iri skos:prefLabel ?speaker_label }
  }
  BIND(COALESCE(?speaker_label, ?source_text) AS ?speaker)
"""
#: Beyond some hundreds of values, engines join them with all claims instead: what takes 0.1 s for 500 takes 17 s for 2,000.
_MOST_LOOKED_UP = 256
_COLUMNS = "?speaker ?content ?cue ?cue_type ?cue_negated ?published ?document ?claim ?sentence ?speaker_iri"
_ORDER = 'ORDER BY (COALESCE(STR(?published), "")) ?claim ?speaker ?speaker_iri'


class ClaimFilters(Frozen):
    """What a claim must be; everything that is given must hold. Actors are IRIs.

    Attributes:
        speaker: who says it, alone or with others.
        through_holders: whether those speak who hold a post of `speaker`, or held one, instead of itself.
        about: whom the content is about, all of them.
        frame: notation of a frame that the content takes up; of `about`, where that is given.
        polarity: whether the claim says so or denies it, by cue and content together; where a frame is given, whether it
            says that the frame holds. Questions and what was expressly not said are neither.
        cue_types: notations, one of which the cue has; none for any.
        addressee: who is spoken to.
        since, until: days of publication, both included.
    """

    speaker: str = ""
    through_holders: bool = False
    about: tuple[str, ...] = ()
    frame: str = ""
    polarity: Polarity | None = None
    cue_types: tuple[str, ...] = ()
    addressee: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def are_selective(self) -> bool:
        """Whether they leave few claims of many: an actor or a frame is named."""
        return bool(self.speaker or self.about or self.frame or self.addressee)


class ClaimRow(Frozen):
    """One claim with one of its speakers.

    Attributes:
        speaker: label of the actor, else the words of the source; empty where the text gives none.
        cue_type: its notation; `cue_negated` is "true" for "did not say", else empty.
        sentence: the evidence, verbatim.
    """

    speaker: str
    content: str
    cue: str
    cue_type: str
    cue_negated: str
    published: str
    document: str
    claim: str
    sentence: str
    speaker_iri: str


def compose_query(filters: ClaimFilters, claims: Iterable[str] | None = None) -> str:
    """Return the SPARQL query of the rows of claims that pass, by day of publication and claim.

    Args:
        filters: what must hold.
        claims: IRIs of those to look at; None for all.
    """
    text = "SELECT DISTINCT " + _COLUMNS + "\nWHERE {\n" + _compose_claim(filters, claims, is_detailed=True) + _SPEAKER + "}\n"
    return _bind(filters, text) + _ORDER + "\n"


def name_notation(frame: NamedNode) -> str:
    """Return the notation of a frame: the last part of its IRI."""
    return frame.value.rpartition("/")[2]


def find_claims(
    reader: Reader, filters: ClaimFilters, claims: Iterable[str] | None = None, *, has_content: bool = True
) -> set[str]:
    """Return the IRIs of the claims that pass.

    Args:
        reader: the store.
        filters: what must hold.
        claims: IRIs of those to look at; None for all.
        has_content: whether claims without content are left out. Who knows the claims that have one need not have it asked:
            then other nodes that are about an actor, or have a frame, are among those that are found.
    """
    found: set[str] = set()
    for part in _part(claims):
        group = _compose_claim(filters, part, is_detailed=False, has_content=has_content)
        solutions = reader.query(_bind(filters, "SELECT DISTINCT ?claim\nWHERE {\n" + group + "}\n"))
        assert isinstance(solutions, QuerySolutions)  # a SELECT
        found.update(solution[0].value for solution in solutions)
    return found


def locate_claims(reader: Reader, filters: ClaimFilters) -> list[tuple[str, str]]:
    """Return (claim, document) of the claims that pass, as IRIs, in the engine's order."""
    text = "SELECT DISTINCT ?claim ?document\nWHERE {\n" + _compose_claim(filters, None, is_detailed=False) + "}\n"
    return [(to_text(claim), to_text(document)) for claim, document in read_rows(reader, _bind(filters, text))]


def list_claim_rows(reader: Reader, filters: ClaimFilters, claims: Iterable[str] | None = None) -> list[ClaimRow]:
    """Return the rows of `compose_query`, in its order."""
    names = tuple(ClaimRow.model_fields)
    parts = _part(claims)
    found = (row for part in parts for row in read_rows(reader, compose_query(filters, part)))
    texts = (dict(zip(names, map(to_text, row), strict=True)) for row in found)
    rows = [ClaimRow.model_validate({**row, "cue_type": row["cue_type"].rpartition("/")[2]}) for row in texts]
    if len(parts) > 1:
        rows.sort(key=lambda row: (row.published, row.claim, row.speaker, row.speaker_iri))
    return rows


def _part(claims: Iterable[str] | None) -> list[Sequence[str] | None]:
    """Return the claims in parts that an engine looks up one by one; None is one part, which is all."""
    if claims is None:
        return [None]
    return [*split(list(claims), _MOST_LOOKED_UP)]


def _compose_claim(filters: ClaimFilters, claims: Iterable[str] | None, *, is_detailed: bool, has_content: bool = True) -> str:
    """Return the group of the document's graph, after that of posts where these are asked for."""
    lines = ["  GRAPH ?document {\n", _compose_values(filters)]
    if claims is not None:
        lines.append("    VALUES ?claim { " + " ".join(str(NamedNode(claim)) for claim in claims) + " }\n")
    if has_content:
        lines.append("    ?claim a kg:Claim ; kg:content ?content .\n")
    elif not filters.are_selective:
        lines.append("    ?claim a kg:Claim .\n")
    if filters.speaker and filters.through_holders:
        lines.insert(0, _HOLDERS)
    if filters.speaker and filters.through_holders:
        lines.append("    ?claim kg:speaker ?holder .\n")
    about = "frameTarget" if filters.frame else "about"
    named = [("speaker", "speaker")] if filters.speaker and not filters.through_holders else []
    named += [("addressee", "addressee")] if filters.addressee else []
    named += [("frame", "frame")] if filters.frame else []
    for predicate, name in (*named, *((about, name) for name in _name_about(filters))):
        if claims is None:
            lines.append("    ?claim kg:" + predicate + " ?" + name + SUFFIX + " .\n")
        else:
            # Compared, not joined: else an engine may begin with all claims that have the value.
            given = "?given_" + name
            lines.append("    ?claim kg:" + predicate + " " + given + " . FILTER(" + given + " = ?" + name + SUFFIX + ")\n")
    if filters.frame:
        lines.extend(_FRAMED_TARGET.replace("?about_param", "?" + name + SUFFIX) for name in _name_about(filters))
    if filters.cue_types:
        types = " ".join(str(NamedNode(f"{_SCHEMES}cue-type/{name}")) for name in filters.cue_types)
        lines.append("    VALUES ?asked_type { " + types + " }\n    ?claim kg:cueType ?asked_type .\n")
    lines += [*([_DETAILS] if is_detailed else []), *([_CUE] if is_detailed or filters.polarity else [])]
    if filters.polarity:
        lines += [_CONTENT_ON_FRAME if filters.frame else _CONTENT, _SIDE, _SIDES[filters.polarity]]
    if is_detailed or filters.since or filters.until:
        lines.append(_PUBLISHED)
    if filters.since:
        lines.append("    FILTER(SUBSTR(STR(?published), 1, 10) >= STR(?since_param))\n")
    if filters.until:
        lines.append("    FILTER(SUBSTR(STR(?published), 1, 10) <= STR(?until_param))\n")
    return "".join((*lines, "  }\n"))


def _compose_values(filters: ClaimFilters) -> str:
    names = [name for name, _ in _list_terms(filters)]
    if not names:
        return ""
    variables = " ".join("?" + name + SUFFIX for name in names)
    return "    VALUES (" + variables + ") { (" + " ".join(["UNDEF"] * len(names)) + ") }\n"


def _bind(filters: ClaimFilters, text: str) -> str:
    terms = dict(_list_terms(filters))
    return bind_terms(_PREFIXES + text, list(terms), terms)


def _list_terms(filters: ClaimFilters) -> Iterator[tuple[str, NamedNode | OxLiteral]]:
    if filters.speaker:
        yield "speaker", NamedNode(filters.speaker)
    if filters.addressee:
        yield "addressee", NamedNode(filters.addressee)
    yield from ((name, NamedNode(iri)) for name, iri in zip(_name_about(filters), filters.about, strict=True))
    if filters.frame:
        yield "frame", NamedNode(f"{_SCHEMES}frame/{filters.frame}")
    if filters.since:
        yield "since", OxLiteral(filters.since.isoformat(), datatype=_XSD_DATE)
    if filters.until:
        yield "until", OxLiteral(filters.until.isoformat(), datatype=_XSD_DATE)


def _name_about(filters: ClaimFilters) -> list[str]:
    return ["about" if number == 0 else f"about_{number + 1}" for number in range(len(filters.about))]
