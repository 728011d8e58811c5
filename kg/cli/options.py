"""Options that several commands share, and what they are turned into."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import ParameterInvalidError

if TYPE_CHECKING:
    from kg.analyse.relations import Filters
    from kg.settings import Settings
    from kg.store.reader import Reader
    from kg.store.remote.client import RemoteClient

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store", "-s", metavar="DIR|URL", help="The store [KG_STORE, kg.toml, ./kg-store]; sparql+http://... for an endpoint."
    ),
]
ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", metavar="best|fast", help="Attributions by model and rules, or by rules alone [KG_PROFILE, best]."),
]
SinceOption = Annotated[str | None, typer.Option(metavar="DAY", help="Not before this day (YYYY-MM-DD).")]
UntilOption = Annotated[str | None, typer.Option(metavar="DAY", help="Not after this day, itself included.")]
ConfidenceOption = Annotated[float, typer.Option("--confidence", metavar="0..1", help="At least this sure.")]
KindOption = Annotated[
    list[str] | None, typer.Option("--kind", "-k", help="Only these: speaks-of, role, CONSULT, AID, ...; repeat for several.")
]


def find_settings(store: str | None, profile: str | None = None) -> Settings:
    """Return the settings with the store and the profile given as options, if they are."""
    from kg.settings import read_settings  # noqa: PLC0415 - keeps `kg --help` fast: pydantic takes 0.1 s

    return read_settings({"store": store, "profile": profile})


def open_store_reader(store: str | None) -> Reader:
    """Return the store for reading; raises `StoreMissingError` where there is none."""
    from kg.store.reader import open_reader  # noqa: PLC0415

    return open_reader(find_settings(store).store)


def open_client(remote: str, timeout_seconds: float = 300.0) -> RemoteClient:
    """Return a connection to an endpoint; raises `RemoteStoreError` where the name is none."""
    from kg.store.remote.client import RemoteClient, read_endpoint  # noqa: PLC0415

    return RemoteClient(read_endpoint(remote), timeout_seconds)


def to_filters(
    kind: list[str] | None, since: str | None, until: str | None, confidence: float, *, unreal: bool = False
) -> Filters:
    """Return the filters for relations.

    Raises:
        ParameterInvalidError: a day is not YYYY-MM-DD.
    """
    from kg.analyse.relations import Filters  # noqa: PLC0415

    return Filters(
        kinds=frozenset(kind) if kind else None,
        since=to_day("since", since),
        until=to_day("until", until),
        min_confidence=confidence,
        unreal=unreal,
    )


def to_day(name: str, value: str | None) -> date | None:
    """Return the day given as an option; None for none.

    Raises:
        ParameterInvalidError: it is not YYYY-MM-DD.
    """
    try:
        return date.fromisoformat(value) if value is not None else None
    except ValueError as error:
        raise ParameterInvalidError(f"--{name} {value!r}: no day; write YYYY-MM-DD") from error
