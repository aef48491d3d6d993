"""Settings of a function: a pydantic model whose fields are its environment variables."""

from collections.abc import Mapping
from typing import Self

from pydantic import BaseModel, ConfigDict


class FunctionSettings(BaseModel):
    """What every function reads. A field `name` comes from the variable `NAME`.

    A subclass adds the variables of its function; Terraform and the local cloud
    set exactly these, which a contract test compares.
    """

    # Some values are secrets, and errors end in the log.
    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    google_cloud_project: str
    firestore_database: str
    log_level: str

    @classmethod
    def load(cls, environ: Mapping[str, str]) -> Self:
        """Read from `environ`.

        Raises:
            pydantic.ValidationError: naming every variable that is missing or malformed.
        """
        names = {name: name.upper() for name in cls.model_fields}
        return cls.model_validate(
            {name: environ[variable] for name, variable in names.items() if variable in environ}
        )


class HttpFunctionSettings(FunctionSettings):
    """A function that the portal calls with an Identity Platform ID token."""

    identity_project: str


class VatCheckSettings(FunctionSettings):
    """A function that asks for checks of VAT ids: the queue, and the function that it calls."""

    vat_queue: str
    vat_url: str
    vat_caller: str


class InternalFunctionSettings(FunctionSettings):
    """A function that only Pub/Sub, Cloud Tasks or Cloud Scheduler may call."""

    oidc_audience: str
    oidc_caller: str
    oidc_certs_url: str
