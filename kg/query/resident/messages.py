"""What a server and its query processes send each other: a line of JSON that tells the kind, and bytes.

Both ends are this package, on one machine, over sockets that nobody else can open.
"""

from __future__ import annotations

import json
import struct
from typing import BinaryIO, NamedTuple

#: Of the head and of the body, before both.
SIZES = struct.Struct(">IQ")


class Message(NamedTuple):
    """A request or a reply.

    Attributes:
        head: what JSON can hold; `kind` is always there.
        body: an answer as it goes to the client, or a pickle; empty where there is none.
    """

    head: dict[str, object]
    body: bytes = b""


def pack(message: Message) -> bytes:
    """Return the bytes of a message: the sizes of its parts, then these."""
    head = json.dumps(message.head).encode()
    return b"".join((SIZES.pack(len(head), len(message.body)), head, message.body))


def receive(stream: BinaryIO) -> Message | None:
    """Return the next message of a blocking stream; None where it has ended, be it within a message."""
    sizes = stream.read(SIZES.size)
    if len(sizes) < SIZES.size:
        return None
    head_bytes, body_bytes = SIZES.unpack(sizes)
    head, body = stream.read(head_bytes), stream.read(body_bytes)
    return Message(json.loads(head), body) if len(head) == head_bytes and len(body) == body_bytes else None
