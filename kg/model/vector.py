"""What a claim says as a point in a space where nearness is likeness of meaning."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from kg.model.base import Frozen


class Vector(Frozen):
    """The sentence vector of one attribution's content.

    Attributes:
        attribution: its id.
        values: one signed byte a dimension (384 of them), scaled so that the largest is 127 or -127
            (`kg.embedding.packing`): cosines are those of the unit vector, lengths mean nothing. As JSON: base64.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", ser_json_bytes="base64", val_json_bytes="base64")

    attribution: str
    values: bytes = Field(min_length=1)
