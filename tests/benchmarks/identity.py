"""`python -m tests.benchmarks.identity`: who is who over generated documents; seconds, peak memory, precision and recall.

Each line of the result is for so many documents of 20 mentions each; the actors are invented, and what a document tells of
one of them is drawn by chance from what is true of them: full name, a variant, bare surname; title, state, company.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from kg.model.identifier import mint_actor_iri, mint_local_actor_iri
from kg.model.identity import ActorProfile, Identities
from kg.model.mention import Gender
from kg.resolve.across.cluster import identify
from kg.resolve.entries import RegistryActor
from tests.benchmarks.memory import read_peak_mb

BASE = "https://sayso.example/"
SIZES = (1_000, 3_000, 10_000)
_ACTORS = 20_000
_STATES, _BODIES = 80, 300
_MENTIONS = 20
_STARTS = ["B", "Br", "D", "Dr", "F", "G", "Gr", "H", "K", "Kl", "L", "M", "N", "P", "R", "S", "Sk", "St", "T", "V", "W", "Z"]
_MIDDLES = [
    "ald",
    "and",
    "ark",
    "arn",
    "ell",
    "emm",
    "end",
    "erg",
    "est",
    "ill",
    "ind",
    "irk",
    "olm",
    "ond",
    "orn",
    "ost",
    "und",
    "urg",
]
_ENDS = [
    "a",
    "ak",
    "an",
    "eck",
    "en",
    "er",
    "ev",
    "i",
    "ic",
    "ik",
    "in",
    "o",
    "ov",
    "sen",
    "sky",
    "son",
    "ström",
    "us",
    "y",
    "enko",
]
_GIVEN: dict[Gender, list[str]] = {
    "female": ["Ada", "Anna", "Berit", "Clara", "Dina", "Edith", "Flora", "Greta", "Helga", "Ida", "Katherine", "Lena", "Mina",
               "Nora", "Olga", "Petra", "Rita", "Sonja", "Tilda", "Vera"],
    "male": ["Aron", "Bruno", "Carl", "Dimitri", "Emil", "Fabian", "Georg", "Hugo", "Ivar", "Jonas", "Konrad", "Leo", "Mikhail",
             "Nils", "Otto", "Paul", "Robert", "Sergei", "Tobias", "Viktor"],
}  # fmt: skip
_SHORT = {"Katherine": "Kate", "Robert": "Bob", "Dimitri": "Dmitry", "Mikhail": "Mykhailo", "Sergei": "Serhiy"}
_TITLES = ["president", "prime minister", "foreign minister", "senator", "spokesperson", "general", "analyst", "mayor", "envoy"]
_NOUNS = ["Forces", "Union", "Council", "Institute", "League", "Front", "Agency", "Congress", "Movement", "Fund", "Bureau"]
_KINDS = ["National", "Rapid", "United", "Northern", "Free", "Civic", "Central", "Maritime", "Popular", "Labour", "Coastal"]


class _Truth(NamedTuple):
    """An invented actor: what is true of it."""

    number: int
    type: str
    name: str
    gender: Gender
    country: int
    title: str
    company: tuple[int, ...]


def _make_actors(chance: random.Random) -> list[_Truth]:
    """Return the actors, two thirds persons; about one in twenty shares the full name of another one."""
    actors: list[_Truth] = []
    surnames = [chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS) for _ in range(6_000)]
    for number in range(_ACTORS):
        gender: Gender = chance.choice(["female", "male"])
        country = chance.randrange(_STATES)
        company = tuple(sorted(chance.sample(range(_BODIES), 4)))
        if number % 3 == 2:
            place = chance.choice(_STARTS) + chance.choice(_MIDDLES) + chance.choice(_ENDS)
            name = f"{chance.choice(_KINDS)} {place} {chance.choice(_NOUNS)}"
            actors.append(_Truth(number, "Organisation", name, "unknown", country, "", company))
        else:
            name = f"{chance.choice(_GIVEN[gender])} {chance.choice(surnames)}"
            if actors and chance.random() < 0.05:
                other = chance.choice(actors)
                name, gender = (other.name, other.gender) if other.type == "Person" else (name, gender)
            actors.append(_Truth(number, "Person", name, gender, country, chance.choice(_TITLES), company))
    return actors


def _write_name(actor: _Truth, chance: random.Random) -> tuple[str, bool]:
    """Return (how a document writes a name, whether that is a bare surname)."""
    draw = chance.random()
    if actor.type == "Organisation":
        return ("".join(word[0] for word in actor.name.split()) if draw < 0.05 else actor.name), False
    given, surname = actor.name.split(maxsplit=1)
    if draw < 0.12:
        return surname, True
    if draw < 0.16 and surname.endswith("sky"):
        return f"{given} {surname}y", False
    if draw < 0.20:
        return f"{_SHORT.get(given, given)} {surname}", False
    if draw < 0.22:
        return f"{given} {'ABCDEFG'[actor.number % 7]}. {surname}", False
    return actor.name, False


def make_profiles(documents: int) -> Iterator[tuple[ActorProfile, int]]:
    """Yield profiles with the number of the actor that each is of; the same ones for the same number of documents."""
    chance = random.Random(4)  # noqa: S311 - a sample, no secret
    actors = _make_actors(chance)
    # As in the news, few are named often and most once or twice.
    shares = [1 / (rank + 50) for rank in range(len(actors))]
    for number in range(documents):
        document = f"{BASE}document/d{number:05}"
        day = f"20{chance.randrange(15, 26)}-{chance.randrange(1, 13):02}-{chance.randrange(1, 29):02}"
        seen: set[str] = set()
        counts = Counter(chance.choices(actors, shares, k=_MENTIONS))
        extra = [f"{BASE}actor/org/b{chance.randrange(_BODIES)}" for _ in range(2)]
        for actor, count in sorted(counts.items()):
            name, is_bare = _write_name(actor, chance)
            mint = mint_local_actor_iri(document, actor.type, name) if is_bare else mint_actor_iri(BASE, actor.type, name)
            if mint in seen:
                continue
            seen.add(mint)
            known = [f"{BASE}actor/org/b{body}" for body in actor.company if chance.random() < 0.5]
            tells = chance.random()
            state = f"{BASE}actor/state/s{actor.country}"
            yield (
                ActorProfile(
                    document=document,
                    published=day,
                    actor=mint,
                    type="Person" if actor.type == "Person" else "Organisation",
                    names=((name, count),),
                    titles=(actor.title,) if actor.title and tells < 0.5 else (),
                    gender=actor.gender if chance.random() < 0.7 else "unknown",
                    country=state if tells < 0.6 else None,
                    company=tuple(sorted({*known, *extra, *([state] if tells < 0.75 else [])})),
                    is_local=is_bare,
                ),
                actor.number,
            )


def make_registered() -> dict[str, RegistryActor]:
    """Return the registered states and bodies that the documents mention."""
    slugs = [*(f"state/s{n}" for n in range(_STATES)), *(f"org/b{n}" for n in range(_BODIES))]
    return {
        f"{BASE}actor/{slug}": RegistryActor(slug, "State" if slug.startswith("state") else "Organisation", f"Actor {slug}")
        for slug in slugs
    }


def score_pairs(profiles: Sequence[tuple[ActorProfile, int]], found: Identities) -> tuple[float, float]:
    """Return (precision, recall) of the pairs of profiles that are one actor."""
    canonical = dict(found.canonical)
    cells = Counter((canonical.get((p.document, p.actor), p.actor), truth) for p, truth in profiles)
    ones: Counter[str] = Counter()
    truths: Counter[int] = Counter()
    for (iri, truth), count in cells.items():
        ones[iri] += count
        truths[truth] += count
    right, told, wanted = (sum(n * (n - 1) // 2 for n in counts.values()) for counts in (cells, ones, truths))
    return right / max(1, told), right / max(1, wanted)


def make_one_name(documents: int) -> list[ActorProfile]:
    """Return one person of five states in so many documents, in one of three by surname alone: the worst block there is."""
    profiles = []
    for number in range(documents):
        document = f"{BASE}document/d{number:05}"
        is_bare = number % 3 == 0
        name = "Haldorsen" if is_bare else "Anna Haldorsen"
        mint = mint_local_actor_iri(document, "Person", name) if is_bare else mint_actor_iri(BASE, "Person", name)
        state = f"{BASE}actor/state/s{number % 5}" if number % 4 == 0 else None
        beside = (f"{BASE}actor/org/b{number % 50}",) if number % 7 == 0 else ()
        names, titles = ((name, 1),), ("senator",)
        profiles.append(
            ActorProfile(
                document=document,
                actor=mint,
                type="Person",
                names=names,
                titles=titles,
                country=state,
                company=beside,
                is_local=is_bare,
            )
        )
    return profiles


def _measure_one_name(documents: int) -> float:
    profiles = make_one_name(documents)
    begin = time.process_time()
    identify(profiles, make_registered())
    return round(time.process_time() - begin, 1)


def measure_identity(documents: int) -> dict[str, Any]:
    """Return the figures for so many documents."""
    profiles = list(make_profiles(documents))
    registered = make_registered()
    begin = time.process_time()
    found = identify([profile for profile, _ in profiles], registered)
    seconds = time.process_time() - begin
    precision, recall = score_pairs(profiles, found)
    return {
        "documents": documents,
        "mentions": documents * _MENTIONS,
        "profiles": len(profiles),
        "actors": len({truth for _, truth in profiles}),
        "cpu_seconds": round(seconds, 1),
        "peak_mb": read_peak_mb(),
        "pair_precision": round(precision, 4),
        "pair_recall": round(recall, 4),
        "comparisons": Counter(c.verdict for c in found.comparisons),
        "one_name_cpu_seconds": _measure_one_name(documents),
    }


def main() -> int:
    """Print one JSON line with the figures for each number of documents."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, nargs="*", default=SIZES)
    sys.stdout.write(json.dumps([measure_identity(size) for size in parser.parse_args().documents]) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
