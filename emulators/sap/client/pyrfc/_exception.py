"""PyRFC's exception classes: same names, attributes and text form.

Classes and codes as SAP's PyRFC and the erpl-pyrfc package publish them.
"""

RC_NAMES = {
    1: "RFC_COMMUNICATION_FAILURE",
    2: "RFC_LOGON_FAILURE",
    3: "RFC_ABAP_RUNTIME_FAILURE",
    4: "RFC_ABAP_MESSAGE",
    5: "RFC_ABAP_EXCEPTION",
    7: "RFC_CANCELED",
    13: "RFC_INVALID_HANDLE",
    15: "RFC_EXTERNAL_FAILURE",
    20: "RFC_INVALID_PARAMETER",
    22: "RFC_CONVERSION_FAILURE",
}


class RFCError(Exception):
    """Base of everything that this package raises by itself."""


class RFCLibError(RFCError):
    """A failure with SAP's error information.

    `code` is the RFC return code, `key` its name or the ABAP exception's; `msg_class`,
    `msg_type`, `msg_number` and `msg_v1` to `msg_v4` identify the ABAP message, if any.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (PyRFC's signature)
        self,
        message: str | None = None,
        code: int | None = None,
        key: str | None = None,
        msg_class: str | None = None,
        msg_type: str | None = None,
        msg_number: str | None = None,
        msg_v1: str | None = None,
        msg_v2: str | None = None,
        msg_v3: str | None = None,
        msg_v4: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.key = key
        self.msg_class = msg_class
        self.msg_type = msg_type
        self.msg_number = msg_number
        self.msg_v1 = msg_v1
        self.msg_v2 = msg_v2
        self.msg_v3 = msg_v3
        self.msg_v4 = msg_v4

    def __str__(self) -> str:
        name = RC_NAMES.get(self.code or 0, "???")
        variables = ";".join(
            str(value) for value in (self.msg_v1, self.msg_v2, self.msg_v3, self.msg_v4)
        )
        return (
            f"{name} (rc={self.code}): key={self.key}, message={self.message} "
            f"[MSG: class={self.msg_class}, type={self.msg_type}, "
            f"number={self.msg_number}, v1-4:={variables}]"
        )


class ABAPApplicationError(RFCLibError):
    """The function module raised an exception that it declares, or does not exist."""


class ABAPRuntimeError(RFCLibError):
    """A short dump or an abort message on SAP's side; the session is gone."""


class LogonError(RFCLibError):
    """SAP refused the logon."""

    def __init__(
        self,
        message: str | None = None,
        code: int = 2,
        key: str = "RFC_LOGON_FAILURE",
        **kwargs: str | None,
    ) -> None:
        super().__init__(message, code, key, **kwargs)


class CommunicationError(RFCLibError):
    """The network or the peer failed; whether the call was carried out is unknown."""


class ExternalRuntimeError(RFCLibError):
    """A failure on this side: a bad parameter, an unusable handle."""


class ExternalApplicationError(RFCLibError):
    """An error of application code embedded in this process."""


class ExternalAuthorizationError(RFCLibError):
    """An authorization check in this process failed."""
