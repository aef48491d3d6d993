"""Browsers' reports of the content security policy: anybody may send one, little of it is kept."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from structlog.testing import capture_logs

from functions.accounts.main import _app
from functions.accounts.policy_reports import MOST_BYTES, PATH

REPORT = {
    "document-uri": "https://eu.sellin.example/catalog?q=secret#token",
    "violated-directive": "script-src-elem",
    "effective-directive": "script-src-elem",
    "blocked-uri": "https://evil.example/steal.js?of=anna",
    "source-file": "https://eu.sellin.example/assets/app.js",
    "line-number": 7,
}


@pytest.fixture(scope="module")
def client() -> Iterator[FlaskClient]:
    """The accounts function, called by whoever likes."""
    values = {
        "GOOGLE_CLOUD_PROJECT": "demo-sellin",
        "FIRESTORE_DATABASE": "(default)",
        "LOG_LEVEL": "INFO",
        "FIRESTORE_EMULATOR_HOST": "127.0.0.1:9",
        "IDENTITY_PROJECT": "demo-sellin",
        "LOGICAL_SYSTEM": "ECPCLNT100",
        "STOCK_OLD_AFTER_HOURS": "26",
        "BUYER_TEXTS": "{}",
    }
    with pytest.MonkeyPatch.context() as patch:
        for name, value in values.items():
            patch.setenv(name, value)
        _app.cache_clear()
        yield _app().test_client()
        _app.cache_clear()


def logged(client: FlaskClient, body: bytes) -> list[Any]:
    """What the log has of a report that was answered as all are."""
    with capture_logs() as lines:
        answer = client.post(PATH, data=body, content_type="application/csp-report")
    assert (answer.status_code, answer.data) == (204, b"")
    return [line for line in lines if line["event"] == "policy violated"]


def report(**other: Any) -> bytes:
    """A report as Chromium, Firefox and Safari send it to `report-uri`."""
    return json.dumps({"csp-report": {**REPORT, **other}}).encode()


def test_a_violation_is_logged_without_what_its_addresses_say_of_a_person(
    client: FlaskClient,
) -> None:
    [line] = logged(client, report())
    assert line["directive"] == "script-src-elem"
    assert line["blocked"] == "https://evil.example/steal.js"
    assert line["document"] == "https://eu.sellin.example/catalog"
    assert "secret" not in str(line)
    assert "anna" not in str(line)


@pytest.mark.parametrize("scheme", ["chrome-extension", "moz-extension", "safari-web-extension"])
def test_what_an_extension_does_is_not_the_portals(client: FlaskClient, scheme: str) -> None:
    assert logged(client, report(**{"source-file": f"{scheme}://abc/inject.js"})) == []
    assert logged(client, report(**{"blocked-uri": scheme})) == []


def test_a_report_is_bounded(client: FlaskClient) -> None:
    assert logged(client, report(**{"blocked-uri": "x" * MOST_BYTES})) == []
    [line] = logged(client, report(**{"document-uri": "https://eu.sellin.example/" + "a" * 5_000}))
    assert len(line["document"]) == 200


@given(st.binary() | st.builds(lambda told: json.dumps({"csp-report": told}).encode(), st.text()))
def test_whatever_is_sent_is_answered_the_same(client: FlaskClient, body: bytes) -> None:
    logged(client, body)


def test_nothing_else_is_done_at_the_address(client: FlaskClient) -> None:
    assert client.get(PATH).status_code == 405
