"""Every IRI that the graph uses: namespaces, classes, properties and concept schemes.

Only the base of data IRIs is a setting; the vocabulary's IRIs are fixed (`ontology/README.md`).
"""

from __future__ import annotations

from kg.rdf.terms import XSD, Iri

_HOST = "https://sayso.example/"
KG = _HOST + "ontology#"
SCHEME = _HOST + "scheme/"
ONTOLOGY_GRAPH = Iri(_HOST + "graph/ontology")

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
OWL = "http://www.w3.org/2002/07/owl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
PROV = "http://www.w3.org/ns/prov#"
NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
SEM = "http://semanticweb.cs.vu.nl/2009/11/sem/"
DCTERMS = "http://purl.org/dc/terms/"
FOAF = "http://xmlns.com/foaf/0.1/"
SCHEMA = "https://schema.org/"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "http://sws.geonames.org/"

#: Prefix to namespace, as exports and queries write them; sorted by prefix.
PREFIXES: dict[str, str] = {
    "cue": SCHEME + "cue-type/",
    "dcterms": DCTERMS,
    "foaf": FOAF,
    "frame": SCHEME + "frame/",
    "kg": KG,
    "modality": SCHEME + "modality/",
    "nif": NIF,
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "plover": SCHEME + "plover/",
    "polarity": SCHEME + "polarity/",
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sem": SEM,
    "skos": SKOS,
    "speech": SCHEME + "speech/",
    "wd": WIKIDATA,
    "xsd": XSD,
}

TYPE = Iri(RDF + "type")
PREF_LABEL = Iri(SKOS + "prefLabel")
ALT_LABEL = Iri(SKOS + "altLabel")
NOTATION = Iri(SKOS + "notation")
DEFINITION = Iri(SKOS + "definition")
BROADER = Iri(SKOS + "broader")
RELATED = Iri(SKOS + "related")
EXAMPLE = Iri(SKOS + "example")
SAME_AS = Iri(OWL + "sameAs")
BEGIN_INDEX = Iri(NIF + "beginIndex")
END_INDEX = Iri(NIF + "endIndex")
ANCHOR_OF = Iri(NIF + "anchorOf")
WAS_DERIVED_FROM = Iri(PROV + "wasDerivedFrom")
MEMBER = Iri(ORG + "member")
ORGANIZATION = Iri(ORG + "organization")
MEMBERSHIP = Iri(ORG + "Membership")
POST = Iri(ORG + "Post")
POST_IN = Iri(ORG + "postIn")
HOLDS = Iri(ORG + "holds")
ORG_ROLE = Iri(ORG + "role")
ORG_ROLE_CLASS = Iri(ORG + "Role")
TITLE = Iri(DCTERMS + "title")
PUBLISHER = Iri(DCTERMS + "publisher")
CREATOR = Iri(DCTERMS + "creator")
LANGUAGE = Iri(DCTERMS + "language")
URL = Iri(SCHEMA + "url")
SOURCE = Iri(DCTERMS + "source")
IDENTIFIER = Iri(DCTERMS + "identifier")
START_DATE = Iri(SCHEMA + "startDate")
END_DATE = Iri(SCHEMA + "endDate")

DOCUMENT = Iri(KG + "Document")
MENTION = Iri(KG + "Mention")
CLAIM = Iri(KG + "Claim")
EVENT = Iri(KG + "Event")
CODED_EVENT = Iri(KG + "CodedEvent")
CELL = Iri(KG + "Cell")
ROLE = Iri(KG + "Role")
PROPOSITION = Iri(KG + "Proposition")
STANCE = Iri(KG + "Stance")
ACTOR = Iri(KG + "Actor")
PERSON = Iri(KG + "Person")
STATE = Iri(KG + "State")
ORGANISATION = Iri(KG + "Organisation")
GROUP = Iri(KG + "Group")
PLACE = Iri(KG + "Place")

AUTHOR = Iri(KG + "author")
PUBLISHED = Iri(KG + "published")
PUBLISHED_TEXT = Iri(KG + "publishedText")
PATH = Iri(KG + "path")
SHA256 = Iri(KG + "sha256")
EXTRACTOR_VERSION = Iri(KG + "extractorVersion")
CONFIDENCE = Iri(KG + "confidence")
EXTRACTED_BY = Iri(KG + "extractedBy")
WITHIN_CLAIM = Iri(KG + "withinClaim")
REFERS_TO = Iri(KG + "refersTo")
MENTION_TYPE = Iri(KG + "mentionType")
MENTION_KIND = Iri(KG + "mentionKind")
RESOLVED_BY = Iri(KG + "resolvedBy")
NAME = Iri(KG + "name")
SAYS = Iri(KG + "says")
SPEAKER = Iri(KG + "speaker")
ADDRESSEE = Iri(KG + "addressee")
ABOUT = Iri(KG + "about")
FRAME = Iri(KG + "frame")
DENIED_FRAME = Iri(KG + "deniedFrame")
FRAME_TARGET = Iri(KG + "frameTarget")
FRAMING_CLASS = Iri(KG + "Framing")
FRAMING = Iri(KG + "framing")
IN_FRAME = Iri(KG + "inFrame")
OF_ACTOR = Iri(KG + "ofActor")
FRAME_DENIED = Iri(KG + "frameDenied")
CONTENT = Iri(KG + "content")
CUE = Iri(KG + "cue")
SOURCE_TEXT = Iri(KG + "sourceText")
SPEECH = Iri(KG + "speech")
CUE_TYPE = Iri(KG + "cueType")
POLARITY = Iri(KG + "polarity")
MODALITY = Iri(KG + "modality")
CUE_NEGATED = Iri(KG + "cueNegated")
HEDGED = Iri(KG + "hedged")
SOURCE_SPANS = Iri(KG + "sourceSpans")
CUE_SPANS = Iri(KG + "cueSpans")
CONTENT_SPANS = Iri(KG + "contentSpans")
EVENT_TYPE = Iri(KG + "eventType")
MODE = Iri(KG + "mode")
CAMEO = Iri(KG + "cameo")
QUAD_CLASS = Iri(KG + "quadClass")
GOLDSTEIN = Iri(KG + "goldstein")
TRIGGER = Iri(KG + "trigger")
EVENT_ACTOR = Iri(KG + "actor")
EVENT_RECIPIENT = Iri(KG + "recipient")
ACTOR_TEXT = Iri(KG + "actorText")
RECIPIENT_TEXT = Iri(KG + "recipientText")
EVENT_PLACE = Iri(KG + "place")
DATE = Iri(KG + "date")
DATE_END = Iri(KG + "dateEnd")
DATE_PRECISION = Iri(KG + "datePrecision")
REPORTED_IN = Iri(KG + "reportedIn")
TRIGGER_SPANS = Iri(KG + "triggerSpans")
ACTOR_SPANS = Iri(KG + "actorSpans")
RECIPIENT_SPANS = Iri(KG + "recipientSpans")
TABLE_LAYOUT = Iri(KG + "tableLayout")
ACTOR_CODE = Iri(KG + "actorCode")
RECIPIENT_CODE = Iri(KG + "recipientCode")
ACTOR_SECTOR = Iri(KG + "actorSector")
RECIPIENT_SECTOR = Iri(KG + "recipientSector")
CONTEXT = Iri(KG + "context")
INTENSITY = Iri(KG + "intensity")
ARTICLE_COUNT = Iri(KG + "articleCount")
PLACE_TEXT = Iri(KG + "placeText")
OCCURRENCE = Iri(KG + "Occurrence")
REPORTS = Iri(KG + "reports")
EARLIEST = Iri(KG + "earliest")
LATEST = Iri(KG + "latest")
REPORT_COUNT = Iri(KG + "reportCount")
DOCUMENT_COUNT = Iri(KG + "documentCount")
PUBLISHER_COUNT = Iri(KG + "publisherCount")
COHESION = Iri(KG + "cohesion")
REASON = Iri(KG + "reason")
THESIS = Iri(KG + "Thesis")
AFFIRMS = Iri(KG + "affirms")
DENIES = Iri(KG + "denies")
EXEMPLAR = Iri(KG + "exemplar")
CLAIM_COUNT = Iri(KG + "claimCount")
UTTERANCE = Iri(KG + "Utterance")
REPORTED_AS = Iri(KG + "reportedAs")
ORIGINAL_SOURCE = Iri(KG + "originalSource")
RELAYED_BY = Iri(KG + "relayedBy")
FIRST_REPORT = Iri(KG + "firstReport")
COPY_OF = Iri(KG + "copyOf")
SAME_TEXT_AS = Iri(KG + "sameTextAs")
POST_TITLE = Iri(KG + "postTitle")
FORMER = Iri(KG + "former")
SUBJECT_TEXT = Iri(KG + "subjectText")
RELATION_TEXT = Iri(KG + "relationText")
OBJECT_TEXT = Iri(KG + "objectText")
SUBJECT_SPANS = Iri(KG + "subjectSpans")
RELATION_SPANS = Iri(KG + "relationSpans")
OBJECT_SPANS = Iri(KG + "objectSpans")
ARGUMENT_TEXT = Iri(KG + "argumentText")
RELATION_LEMMA = Iri(KG + "relationLemma")
SUBJECT_ACTOR = Iri(KG + "subjectActor")
OBJECT_ACTOR = Iri(KG + "objectActor")
HOLDER = Iri(KG + "holder")
TOWARDS = Iri(KG + "towards")
STANCE_VALUE = Iri(KG + "stance")
ISO2 = Iri(KG + "iso2")
GEONAMES_ID = Iri(KG + "geonames")
LOCATED_IN = Iri(KG + "locatedIn")
ISO3 = Iri(KG + "iso3")
COW_NUMBER = Iri(KG + "cowNumber")
CAMEO_ACTOR = Iri(KG + "cameoActor")
GENDER = Iri(KG + "gender")
SORT = Iri(KG + "sort")
SCOPE = Iri(KG + "scope")
PART_OF = Iri(KG + "partOf")
REGISTERED = Iri(KG + "registered")
PATTERN = Iri(KG + "pattern")
EXCLUSION = Iri(KG + "exclusion")
FRAME_CUE_TYPE = Iri(KG + "frameCueType")
COUNTER_EXAMPLE = Iri(KG + "counterExample")
WORDING = Iri(KG + "wording")
EXCEPT_WORDING = Iri(KG + "exceptWording")
USUAL_TARGET = Iri(KG + "usualTarget")
TARGET_ROLE = Iri(KG + "targetRole")
OPPOSITE = Iri(KG + "opposite")
HOLDS_IF = Iri(KG + "holdsIf")

#: The class of each `kg.model.mention.MentionType`.
ACTOR_CLASSES: dict[str, Iri] = {
    "Person": PERSON,
    "State": STATE,
    "Organisation": ORGANISATION,
    "Group": GROUP,
    "Place": PLACE,
}


def name_concept(scheme: str, notation: str) -> Iri:
    """Return the IRI of a concept: `name_concept("plover", "AID")` is `.../scheme/plover/AID`."""
    return Iri(f"{SCHEME}{scheme}/{notation}")


def name_registry_graph(base: str) -> Iri:
    """Return the IRI of the graph with what the registry knows of actors beyond their names: `{base}graph/registry`."""
    return Iri(f"{base}graph/registry")


def name_actors_graph(base: str) -> Iri:
    """Return the IRI of the graph that describes actors: `{base}graph/actors`."""
    return Iri(f"{base}graph/actors")


def name_occurrences_graph(base: str) -> Iri:
    """Return the IRI of the graph of what happened, over all documents, and of copied texts: `{base}graph/occurrences`."""
    return Iri(f"{base}graph/occurrences")


def name_claims_graph(base: str) -> Iri:
    """Return the IRI of the graph of what claims share: theses, and utterances with their reports: `{base}graph/claims`."""
    return Iri(f"{base}graph/claims")
