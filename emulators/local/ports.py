"""TCP ports of 127.0.0.1 that nobody else takes from the choice to the listening."""

import contextlib
import socket
import sys

from emulators.local.sdk import HOST

# A server that sets SO_REUSEADDR, as all of ours do, listens on a port that a socket of this
# process is bound to but does not listen on. Nobody else gets it: not another search for a
# free port, nor the near end of an outgoing connection, which takes any port that no socket
# is bound to. It stays ours while a server is started again. Linux only: elsewhere the port
# is given up at once and can be lost until its server listens.
_held: list[socket.socket] = []


def free_ports(count: int) -> list[int]:
    """So many different ports, held for this process as long as it lives."""
    chosen = [_bound(0) for _ in range(count)]
    ports: list[int] = [each.getsockname()[1] for each in chosen]
    for each in chosen:
        _hold(each)
    return ports


def take(port: int) -> bool:
    """Holds a port unless somebody listens on it; connections of an earlier server don't count."""
    return _take(port, reuse=True)


def take_unused(port: int) -> bool:
    """Holds a port; False also where another process holds it or connections to it linger."""
    return _take(port, reuse=False)


def _take(port: int, reuse: bool) -> bool:
    try:
        bound = _bound(port, reuse)
    except OSError:
        return False
    _hold(bound)
    return True


def _bound(port: int, reuse: bool = False) -> socket.socket:
    with contextlib.ExitStack() as undo:
        bound = undo.enter_context(socket.socket())
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, reuse)
        bound.bind((HOST, port))
        undo.pop_all()
        return bound


def _hold(bound: socket.socket) -> None:
    if sys.platform == "linux":
        bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        _held.append(bound)
    else:
        bound.close()
