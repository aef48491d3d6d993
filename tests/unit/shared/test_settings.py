"""Settings come from the environment, and what is wrong with them is told without their values."""

import pytest
from pydantic import ValidationError

from functions.export_order.settings import Settings
from shared.sap.numbers import NumberRange


def test_an_error_does_not_tell_the_secret() -> None:
    with pytest.raises(ValidationError) as malformed:
        Settings.load({"SAP_DESTINATION": '{"passwd": "hunter2", }'})
    assert "sap_destination" in str(malformed.value)
    assert "hunter2" not in str(malformed.value)


_OTHERS = dict.fromkeys(
    (
        *("GOOGLE_CLOUD_PROJECT", "FIRESTORE_DATABASE", "LOG_LEVEL"),
        *("OIDC_AUDIENCE", "OIDC_CALLER", "OIDC_CERTS_URL"),
    ),
    "x",
)


def test_the_number_range_is_no_connection_parameter() -> None:
    destination = '{"ashost": "sap", "external_numbers": "0500000000-0599999999"}'
    settings = Settings.load({**_OTHERS, "SAP_DESTINATION": destination})
    assert settings.connection == {"ashost": "sap"}
    assert settings.external_numbers == NumberRange(500_000_000, 599_999_999)


def test_a_sap_without_a_number_range_needs_to_say_nothing() -> None:
    settings = Settings.load({**_OTHERS, "SAP_DESTINATION": "{}"})
    assert (settings.connection, settings.external_numbers) == ({}, None)


def test_a_number_range_that_is_none_is_told_when_it_starts() -> None:
    with pytest.raises(ValidationError, match="two numbers of ten digits"):
        Settings.load({**_OTHERS, "SAP_DESTINATION": '{"external_numbers": "1-2"}'})
