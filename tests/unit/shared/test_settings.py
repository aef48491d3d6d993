"""Settings come from the environment, and what is wrong with them is told without their values."""

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from functions.export_order.settings import Settings
from shared.sap.numbers import NumberRange
from tests.factories.sap import ECC


def test_an_error_does_not_tell_the_secret() -> None:
    with pytest.raises(ValidationError) as malformed:
        Settings.load({"SAP_DESTINATION": '{"passwd": "hunter2", }'})
    assert "sap_destination" in str(malformed.value)
    assert "hunter2" not in str(malformed.value)


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Where the files of a connection are."""
    (tmp_path / "sap.pem").write_text("-----BEGIN CERTIFICATE-----\n")
    (tmp_path / "sap.key").write_text("-----BEGIN PRIVATE KEY-----\n")
    (tmp_path / "libsapcrypto.so").write_bytes(b"\x7fELF")
    return tmp_path


_OTHERS = dict.fromkeys(
    (
        *("GOOGLE_CLOUD_PROJECT", "FIRESTORE_DATABASE", "LOG_LEVEL"),
        *("OIDC_AUDIENCE", "OIDC_CALLER", "OIDC_CERTS_URL"),
    ),
    "x",
)


_SAP = (
    '"ashost": "sap.example", "sysnr": "00", "client": "100", "user": "SELLIN", "passwd": "hunter2"'
)
_RANGE = '"external_numbers": "0500000000-0599999999"'


def _settings(destination: str, numbers: str | None = None) -> Settings:
    orders = ECC.orders.model_copy(update={"numbers": numbers})
    system = ECC.model_copy(update={"orders": orders}).model_dump_json()
    return Settings.load({**_OTHERS, "SOURCE_SYSTEM": system, "SAP_DESTINATION": destination})


def test_the_number_range_is_no_connection_parameter() -> None:
    settings = _settings(f"{{{_SAP}, {_RANGE}}}")
    assert "external_numbers" not in settings.connection
    assert settings.system.orders.number_range == NumberRange(500_000_000, 599_999_999)


def test_the_number_range_is_a_setting_of_the_system() -> None:
    settings = _settings(f"{{{_SAP}}}", "0500000000-0599999999")
    assert settings.system.orders.number_range == NumberRange(500_000_000, 599_999_999)


def test_two_number_ranges_are_told_when_it_starts() -> None:
    with pytest.raises(ValidationError, match="differ"):
        _settings(f"{{{_SAP}, {_RANGE}}}", "0600000000-0699999999")


def test_a_sap_without_a_number_range_needs_to_say_nothing() -> None:
    settings = _settings("{}")
    assert (settings.connection, settings.system.orders.number_range) == ({}, None)


def test_a_number_range_that_is_none_is_told_when_it_starts() -> None:
    with pytest.raises(ValidationError, match="two numbers of ten digits"):
        _settings(f'{{{_SAP}, "external_numbers": "1-2"}}')


@pytest.mark.parametrize(
    "parameters",
    [
        {"ashost": "10.0.0.7", "sysnr": "00"},
        {"ashost": "10.0.0.7", "sysnr": "00", "saprouter": "/H/router.example/S/3299/H/"},
        {"ashost": "10.0.0.7", "sysnr": "00", "saprouter": "/H/router.example/S/3299"},
        {"mshost": "sap.example", "group": "SELLIN", "sysid": "S4P"},
        {"mshost": "sap.example", "msserv": "3600", "group": "SELLIN", "sysid": "S4P"},
        {
            "wshost": "sap.example",
            "wsport": "44300",
            "tls_client_cert": "{files}/sap.pem",
            "tls_client_key": "{files}/sap.key",
        },
    ],
)
def test_every_way_to_sap_is_accepted(parameters: dict[str, str], files: Path) -> None:
    named = {name: text.format(files=files) for name, text in parameters.items()}
    given = {"client": "100", "user": "SELLIN", "passwd": "hunter2", **named}
    handed_on = dict(given)
    if "saprouter" in given:
        # The client reads an /H/ at the end as one without a host.
        handed_on["saprouter"] = "/H/router.example/S/3299"
    assert _settings(json.dumps(given)).connection == {**handed_on, "lang": "EN"}


def test_who_logs_on_by_snc_or_certificate_needs_no_password(files: Path) -> None:
    snc = {"snc_mode": "1", "snc_myname": "p:CN=SELLIN", "snc_partnername": "p:CN=S4P"}
    way = {"client": "100", "ashost": "10.0.0.7", "sysnr": "00"}
    assert _settings(json.dumps({**way, **snc, "snc_lib": f"{files}/libsapcrypto.so"})).connection
    tls = {"tls_client_cert": f"{files}/sap.pem", "tls_client_key": f"{files}/sap.key"}
    over = {"client": "100", "wshost": "sap.example", "wsport": "443"}
    assert _settings(json.dumps({**over, **tls})).connection


def test_files_that_are_not_there_or_have_nothing_yet_are_all_told_when_it_starts(
    files: Path,
) -> None:
    (files / "sap.pem").write_text("none yet")
    over = {"client": "100", "wshost": "sap.example", "wsport": "443"}
    tls = {"tls_client_cert": f"{files}/sap.pem", "tls_client_key": f"{files}/other.key"}
    with pytest.raises(ValidationError) as refused:
        _settings(json.dumps({**over, **tls}))
    told = str(refused.value)
    assert f"tls_client_cert: {files}/sap.pem has no BEGIN CERTIFICATE" in told
    assert f"tls_client_key: {files}/other.key can't be read" in told


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"passwd": None}, "passwd"),
        ({"sysnr": None}, "sysnr"),
        ({"sysnr": "0"}, "sysnr"),
        ({"client": "1"}, "client"),
        ({"mshost": "sap.example", "group": "SELLIN", "sysid": "S4P"}, "not 2 of them"),
        ({"ashost": None, "sysnr": None}, "not 0 of them"),
        ({"saprouter": "router.example"}, "saprouter"),
        ({"ashost": None, "sysnr": None, "wshost": "s", "wsport": "443"}, "tls_client_cert"),
        (
            {"ashost": None, "sysnr": None, "mshost": "s", "group": "G", "sysid": "S4P"}
            | {"msserv": "sapmsS4P"},
            "msserv",
        ),
        ({"snc_mode": "1", "snc_myname": "p:CN=SELLIN"}, "snc_lib, snc_partnername"),
        ({"snc_lib": "/opt/libsapcrypto.so"}, "snc_mode"),
        ({"ashots": "10.0.0.7"}, "ashots"),
    ],
)
def test_what_is_wrong_with_a_connection_is_told_when_it_starts(
    changes: dict[str, str | None], told: str
) -> None:
    given = {"client": "100", "user": "SELLIN", "passwd": "hunter2", "ashost": "sap", "sysnr": "00"}
    whole = {name: text for name, text in {**given, **changes}.items() if text is not None}
    with pytest.raises(ValidationError, match=told) as malformed:
        _settings(json.dumps(whole))
    assert "hunter2" not in str(malformed.value)
