"""The SAP stand-in's client under the name of the real package, `pyrfc`.

It offers PyRFC's Connection and exception classes as far as function modules are called
with them. Where SAP's PyRFC and erpl-pyrfc differ, it takes what both accept.
"""

from ._connection import Connection
from ._exception import (
    ABAPApplicationError,
    ABAPRuntimeError,
    CommunicationError,
    ExternalApplicationError,
    ExternalAuthorizationError,
    ExternalRuntimeError,
    LogonError,
    RFCError,
    RFCLibError,
)

__all__ = [
    "ABAPApplicationError",
    "ABAPRuntimeError",
    "CommunicationError",
    "Connection",
    "ExternalApplicationError",
    "ExternalAuthorizationError",
    "ExternalRuntimeError",
    "LogonError",
    "RFCError",
    "RFCLibError",
]
