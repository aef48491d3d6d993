"""The connection to SAP as an operator gives it: pyrfc's parameters, checked before the first call."""

from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Port = Annotated[str, StringConstraints(pattern=r"^\d{1,5}$")]

_WAYS = {
    "an application server": ("ashost", "sysnr"),
    "a message server": ("mshost", "group", "sysid"),
    "WebSocket": ("wshost", "wsport"),
}


class Destination(BaseModel):
    """One of three ways to SAP, and how to log on there.

    An application server (`ashost`, `sysnr`), a message server with its logon group (`mshost`,
    `group`, `sysid`, and `msserv`, a port, where that is not sapms<SID>'s), or RFC over WebSocket
    with TLS (`wshost`, `wsport`) and a certificate of the client's. `saprouter` is a route string,
    "/H/router/S/3299", with or without the "/H/" before the host. With SNC the names of both sides and
    the library are needed; without it, and without a certificate, a user and a password.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    client: Annotated[str, StringConstraints(pattern=r"^\d{3}$")]
    user: Text | None = None
    passwd: Text | None = None
    lang: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}$")] = "EN"
    ashost: Text | None = None
    sysnr: Annotated[str, StringConstraints(pattern=r"^\d{2}$")] | None = None
    mshost: Text | None = None
    msserv: Port | None = None
    sysid: Annotated[str, StringConstraints(pattern=r"^[A-Z][A-Z0-9]{2}$")] | None = None
    group: Text | None = None
    wshost: Text | None = None
    wsport: Port | None = None
    ws_path: Annotated[str, StringConstraints(pattern=r"^/")] | None = None
    tls_client_cert: Text | None = None
    tls_client_key: Text | None = None
    saprouter: (
        Annotated[str, StringConstraints(pattern=r"^(/H/[^/]+(/[SPW]/[^/]+)*)+(/H/)?$")] | None
    ) = None
    snc_mode: Annotated[str, StringConstraints(pattern=r"^[01]$")] | None = None
    snc_qop: Annotated[str, StringConstraints(pattern=r"^[12389]$")] | None = None
    snc_myname: Text | None = None
    snc_partnername: Text | None = None
    snc_lib: Text | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Self:
        begun = [way for way, names in _WAYS.items() if any(getattr(self, n) for n in names)]
        if len(begun) != 1:
            raise ValueError(f"name one of {', '.join(_WAYS)}, not {len(begun)} of them")
        missing = [name for name in _WAYS[begun[0]] if not getattr(self, name)]
        if missing:
            raise ValueError(f"{begun[0]} needs {', '.join(missing)}, too")
        if self.saprouter and self.wshost:
            raise ValueError("a saprouter is no way for WebSocket; name a proxy in front of it")
        return self

    @model_validator(mode="after")
    def _log_on(self) -> Self:
        snc = {"snc_myname", "snc_partnername", "snc_lib"}
        named = {name for name in (*snc, "snc_qop") if getattr(self, name)}
        if self.snc_mode == "1" and (missing := sorted(snc - named)):
            raise ValueError(f"SNC needs {', '.join(missing)}, too")
        if named and self.snc_mode != "1":
            raise ValueError("parameters of SNC count with snc_mode 1 only")
        if self.wshost and not self.tls_client_cert:
            raise ValueError("WebSocket needs tls_client_cert, it knows no other way to log on")
        if bool(self.tls_client_cert) != bool(self.tls_client_key):
            raise ValueError("a certificate needs its key: tls_client_cert and tls_client_key")
        if not (self.snc_mode == "1" or self.wshost) and not (self.user and self.passwd):
            raise ValueError("user and passwd are missing, and there is no SNC or certificate")
        return self

    @property
    def parameters(self) -> dict[str, str]:
        """As pyrfc.Connection takes them: a route string ends with its last router's own words."""
        told = self.model_dump(exclude_none=True)
        if self.saprouter:
            told["saprouter"] = self.saprouter.removesuffix("/H/")
        return told
