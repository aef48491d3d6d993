"""What keeps SAP from answering a call, apart from the library that calls it."""

from enum import StrEnum


class Failure(StrEnum):
    """What became of a call that SAP did not answer as it should, so what helps.

    `unreachable`: network, gateway or system (wait until it is back). `logon`: the user, its
    password or the client (a person; each further try may lock the user). `denied`: this call can
    never succeed (a person). `transient`: it may succeed when it is tried again.
    """

    UNREACHABLE = "unreachable"
    LOGON = "logon"
    DENIED = "denied"
    TRANSIENT = "transient"
