"""The typed header of a `.rq` file: YAML in `#+` comment lines, so that the file stays plain SPARQL."""

from __future__ import annotations

from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from kg.errors import QueryHeaderError

ParameterType = Literal["actor", "concept", "date", "string", "integer"]
_MARK = "#+"
_NAME = r"[a-z][a-z0-9_]*"


class Parameter(BaseModel):
    """A value that a person may give.

    Attributes:
        type: `actor` (name, alias, QID or IRI), `concept` (a notation of `scheme`), `date` (YYYY-MM-DD), `string`, `integer`.
        scheme: for concepts, the last part of the scheme's namespace: `frame`, `plover`.
        default: what the text itself holds; None for no restriction.
        required: whether the query is refused without it.
        summary: what it restricts, for people.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: ParameterType
    scheme: str | None = None
    default: str | int | None = None
    required: bool = False
    summary: str = ""

    @model_validator(mode="after")
    def _check_scheme(self) -> Parameter:
        if (self.type == "concept") != (self.scheme is not None):
            raise ValueError("a parameter has a scheme where, and only where, its type is concept")
        if self.required and self.default is not None:
            raise ValueError("a required parameter has no default")
        return self


class Header(BaseModel):
    """What a query answers, what it can be given and what it returns.

    Attributes:
        id: kebab-case; the file's name without `.rq`.
        params: by name, in order; the text's variable for `about` is `?about_param`.
        columns: the result's variables, in order.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")
    summary: str = Field(min_length=1)
    description: str = ""
    params: dict[Annotated[str, Field(pattern=f"^{_NAME}$")], Parameter]
    columns: tuple[Annotated[str, Field(pattern=f"^{_NAME}$")], ...]


def read_header(text: str, path: str) -> Header:
    """Return the header of a query's text.

    Args:
        text: the file's content; the header is its leading lines that begin with `#+`.
        path: for messages.

    Raises:
        QueryHeaderError: it is missing, no YAML, or lacks or misnames a field.
    """
    lines = []
    for line in text.splitlines():
        if not line.startswith(_MARK):
            break
        lines.append(line.removeprefix(_MARK).removeprefix(" "))
    if not lines:
        raise QueryHeaderError(path, f"its first line must begin with `{_MARK} id:`")
    try:
        content = yaml.safe_load("\n".join(lines))
    except yaml.YAMLError as error:
        problem = " ".join(str(error).split())
        raise QueryHeaderError(path, f"its header is not YAML ({problem})") from error
    try:
        return Header.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "header"
        raise QueryHeaderError(path, f"header field {where!r}: {first['msg']}") from error
