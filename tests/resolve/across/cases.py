"""Reads `tests/cases/identity/*.toml` and says whether each case comes out; `python -m tests.resolve.across.cases` counts.

A case lists actors as documents mention them; those with one `who` are one actor, all others are different ones.
"""

from __future__ import annotations

import sys
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kg.model.identifier import mint_actor_iri, mint_local_actor_iri
from kg.model.identity import ActorProfile, ActorReference, Identities, Judgement
from kg.resolve.across.cluster import identify
from kg.resolve.entries import RegistryActor, RegistryPost

BASE = "https://sayso.example/"
FOLDER = Path(__file__).parents[2] / "cases" / "identity"


class Case(NamedTuple):
    """A case ready to run: profiles with the actor that each is of."""

    name: str
    profiles: list[tuple[ActorProfile, str]]
    registered: dict[str, RegistryActor]
    judgements: list[Judgement]
    canonical: dict[str, str]


def read_cases() -> Iterator[Case]:
    """Yield the cases of all files, in order."""
    for path in sorted(FOLDER.glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8"))["case"]:
            yield _to_case(path.stem, row)


def to_profile(row: Mapping[str, Any]) -> ActorProfile:
    """Return the profile that an inline table describes."""
    document = f"{BASE}document/{row['doc']}"
    kind = row.get("type", "Person")
    name = row["name"]
    if "registered" in row:
        actor = f"{BASE}actor/{row['registered']}"
    elif row.get("local") or row.get("described"):
        actor = mint_local_actor_iri(document, kind, name)
    else:
        actor = mint_actor_iri(BASE, kind, name)
    return ActorProfile(
        document=document,
        published=row.get("date"),
        actor=actor,
        type=kind,
        names=((name, row.get("count", 1)),),
        titles=tuple(sorted(row.get("titles", ()))),
        gender=row.get("gender", "unknown"),
        country=f"{BASE}actor/state/{row['country']}" if "country" in row else None,
        organisations=tuple(sorted(f"{BASE}actor/{slug}" for slug in row.get("of", ()))),
        company=tuple(sorted(f"{BASE}actor/{slug}" for slug in row.get("beside", ()))),
        is_registered="registered" in row,
        is_local=bool(row.get("local") or row.get("described")),
        is_named=not row.get("described", False),
    )


def _to_case(stem: str, row: Mapping[str, Any]) -> Case:
    profiles = [(to_profile(actor), actor["who"]) for actor in row["actors"]]
    registered: dict[str, RegistryActor] = {}
    for slug, entry in row.get("registered", {}).items():
        posts = tuple(RegistryPost(*post) for post in entry.get("posts", ()))
        registered[f"{BASE}actor/{slug}"] = RegistryActor(
            slug, entry.get("type", "Person"), entry["label"], tuple(entry.get("aliases", ())), posts=posts,
            acronyms=tuple(entry.get("acronyms", ())), gender=entry.get("gender", "unknown"), country=entry.get("country"),
        )  # fmt: skip
    mentioned = {iri for p, _ in profiles for iri in (*p.company, *p.organisations, *([p.country] if p.country else []))}
    kinds = {"state": "State", "org": "Organisation", "person": "Person"}
    for iri in sorted(mentioned - registered.keys()):
        slug = iri.removeprefix(f"{BASE}actor/")
        registered[iri] = RegistryActor(slug, kinds[slug.partition("/")[0]], slug)  # type: ignore[arg-type]
    judgements = [
        Judgement(left=_refer(row["actors"], left), right=_refer(row["actors"], right), verdict=verdict)
        for left, verdict, right in row.get("judged", ())
    ]
    return Case(f"{stem}: {row['name']}", profiles, registered, judgements, row.get("canonical", {}))


def _refer(actors: list[dict[str, Any]], text: str) -> ActorReference:
    """Return whom "Anna Holm" (everywhere) or "2 Anna Holm" (in document 2) means."""
    number, _, name = text.partition(" ")
    is_one = number.isdigit()
    wanted = name if is_one else text
    row = next(row for row in actors if row["name"] == wanted and (not is_one or row["doc"] == int(number)))
    profile = to_profile(row)
    return ActorReference(actor=profile.actor, document=profile.document if is_one else None)


def run_case(case: Case) -> Identities:
    """Return who is who in a case."""
    return identify([profile for profile, _ in case.profiles], case.registered, case.judgements)


def find_faults(case: Case) -> list[str]:
    """Return what is wrong in a case's outcome; nothing where it is as a reader finds it."""
    canonical = dict(run_case(case).canonical)
    rows = [(canonical.get((p.document, p.actor), p.actor), who, p) for p, who in case.profiles]
    faults = []
    for at, (iri, who, profile) in enumerate(rows):
        for other_iri, other_who, other in rows[at + 1 :]:
            if (iri == other_iri) != (who == other_who):
                verb = "are apart" if who == other_who else "are one"
                names = [f"{p.names[0][0]} ({p.document.rpartition('/')[2]})" for p in (profile, other)]
                faults.append(f"{names[0]} and {names[1]} {verb}")
        if who in case.canonical and not iri.startswith(f"{BASE}actor/{case.canonical[who]}"):
            faults.append(f"{who} is {iri}")
    return faults


def main() -> int:
    """Print the faults and the share of cases that are right."""
    results = [(case, find_faults(case)) for case in read_cases()]
    for case, faults in results:
        for fault in faults:
            sys.stdout.write(f"{case.name}: {fault}\n")
    right = Counter(not faults for _, faults in results)[True]
    sys.stdout.write(f"{right} of {len(results)} cases are right: {right / len(results):.3f}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
