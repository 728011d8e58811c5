"""Identity across documents: what each document tells of an actor, how actors compare, and what people have judged."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen
from kg.model.mention import Gender, MentionType

#: What a comparison or a person says of two actors.
Verdict = Literal["same", "different", "unsure"]


class ActorProfile(Frozen):
    """What one document tells of one actor that it mentions.

    Attributes:
        document: IRI of the document. published: its ISO 8601 date, None where unknown.
        actor: the IRI that resolution of this document alone gave: of the registry, minted from a full name, or local.
        names: (name as written, number of mentions), sorted; pronouns and descriptions are left out unless there is
            nothing else.
        titles: titles and posts as they are compared, sorted ("foreign minister").
        country: IRI of the state that it is or belongs to.
        organisations: IRIs of what its posts and noun phrases affiliate it to, sorted.
        company: IRIs of the registered actors that the document mentions beside it, sorted.
        is_registered: the registry knows it. is_local: the document gives no full name.
        is_named: False where the document only describes it ("a senior official"), so that no other document can mean it.
    """

    document: str
    published: str | None = None
    actor: str
    type: MentionType
    names: tuple[tuple[str, int], ...]
    titles: tuple[str, ...] = ()
    gender: Gender = "unknown"
    country: str | None = None
    organisations: tuple[str, ...] = ()
    company: tuple[str, ...] = ()
    is_registered: bool = False
    is_local: bool = False
    is_named: bool = True


class ActorReference(Frozen):
    """An actor as resolution of single documents gave it: in one document, or (None) wherever it has this IRI."""

    actor: str
    document: str | None = None


class Judgement(Frozen):
    """What a person has decided of two actors; it goes before any comparison and survives every rebuild.

    Attributes:
        date: ISO 8601 date of the judgement. author: who judged; empty where unknown.
    """

    left: ActorReference
    right: ActorReference
    verdict: Verdict
    author: str = ""
    date: str = ""
    note: str = ""


class Feature(Frozen):
    """One thing that speaks for or against identity.

    Attributes:
        name: `name`, `given-name`, `gender`, `country`, `post`, `organisation`, `company`, `time`, ...
        detail: what was compared, for people ("Zelensky ~ Zelenskiy").
        weight: what it adds to the log-odds of identity; negative where it speaks against.
    """

    name: str
    detail: str
    weight: float


class Comparison(Frozen):
    """Two actors compared, with the reasons.

    Attributes:
        score: probability that both are one, 0 to 1.
        by: `comparison`, or `judgement` where a person decided.
    """

    left: ActorReference
    right: ActorReference
    features: tuple[Feature, ...]
    score: float
    verdict: Verdict
    by: Literal["comparison", "judgement"] = "comparison"


class Identities(Frozen):
    """Who is who over a set of documents.

    Attributes:
        canonical: ((document, actor of that document alone), IRI of the one actor that it is), sorted; whoever keeps
            its IRI is left out.
        comparisons: those that joined two actors, kept two of one name apart, or could not tell; sorted.
    """

    canonical: tuple[tuple[tuple[str, str], str], ...] = ()
    comparisons: tuple[Comparison, ...] = ()
