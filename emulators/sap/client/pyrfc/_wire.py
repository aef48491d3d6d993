"""How client and server talk: JSON objects behind a four-byte big-endian length.

Scalars travel as ABAP would store them: text for everything but INT (a JSON number);
dates YYYYMMDD, amounts as decimal text, RAW in hexadecimal. Fields left out are initial.
"""

import json
import socket
import struct
from typing import Any, TypeAlias

Message: TypeAlias = dict[str, Any]

_LENGTH = struct.Struct(">I")


def send(connection: socket.socket, message: Message) -> None:
    """Sends one message; raises OSError when the connection is gone."""
    body = json.dumps(message, separators=(",", ":")).encode()
    connection.sendall(_LENGTH.pack(len(body)) + body)


def receive(connection: socket.socket) -> Message | None:
    """The next message, or None when the peer closed; raises OSError (a timeout too)."""
    head = _exactly(connection, _LENGTH.size)
    if head is None:
        return None
    body = _exactly(connection, _LENGTH.unpack(head)[0])
    if body is None:
        return None
    message: Message = json.loads(body)
    return message


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    parts = bytearray()
    while len(parts) < size:
        part = connection.recv(size - len(parts))
        if not part:
            return None
        parts += part
    return bytes(parts)
