"""A port that was chosen is nobody else's until its server listens."""

import socket
import sys

import pytest

from emulators.local.ports import free_ports, take, take_unused

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="ports are held on Linux only")


def _listen(port: int) -> socket.socket:
    """As a server does."""
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind(("127.0.0.1", port))
    server.listen()
    return server


def test_they_differ_and_their_servers_can_listen() -> None:
    ports = free_ports(50)
    assert len(set(ports)) == 50
    for port in ports:
        _listen(port).close()


def test_nobody_else_can_bind_one() -> None:
    (port,) = free_ports(1)
    with socket.socket() as other, pytest.raises(OSError, match="in use"):
        other.bind(("127.0.0.1", port))


def test_a_port_that_is_held_is_not_unused() -> None:
    (port,) = free_ports(1)
    assert not take_unused(port)


def test_a_port_that_is_listened_on_can_not_be_taken() -> None:
    with _listen(0) as server:
        port = server.getsockname()[1]
        assert not take(port)
        assert not take_unused(port)
    assert take(port)
