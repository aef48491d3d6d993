"""VIES's REST interface as far as Sellin uses it, stricter than VIES, and a control beside it."""

import re
import time
from typing import Any

from flask import Flask, Response, jsonify, request
from pydantic import BaseModel, ConfigDict, StrictStr, ValidationError

from emulators.vies.faults import FaultPlan, Faults
from emulators.vies.register import MAGIC_FAULTS, Register, Trader

PATH = "/taxation_customs/vies/rest-api"
_STATES = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "EL",
        "ES",
        "FI",
        "FR",
        "HR",
        "HU",
        "IE",
        "IT",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
        "XI",
    ]
)
_NUMBER = re.compile(r"[0-9A-Za-z+*.]{2,12}")
_BAD_REQUEST = frozenset({"INVALID_INPUT", "INVALID_REQUESTER_INFO", "VAT_BLOCKED", "IP_BLOCKED"})
"""Faults of the question; VIES answers all others with 500."""


class Question(BaseModel):
    """What may be asked. VIES takes questions without requester and passes over other fields."""

    model_config = ConfigDict(extra="forbid")

    countryCode: StrictStr  # noqa: N815 (VIES's names)
    vatNumber: StrictStr  # noqa: N815
    requesterMemberStateCode: StrictStr  # noqa: N815
    requesterNumber: StrictStr  # noqa: N815


def make_app(register: Register, faults: Faults) -> Flask:
    """The application: `PATH` for Sellin, /faults, /register and /questions for tests and people."""
    app = Flask(__name__)

    @app.errorhandler(ValidationError)
    def _invalid(error: ValidationError) -> tuple[Response, int]:
        return jsonify(detail=str(error)), 422

    @app.get("/healthz")
    def _healthz() -> dict[str, Any]:
        return {"status": "ok", "ids": len(register.traders)}

    @app.post(f"{PATH}/check-vat-number")
    def _check() -> Any:
        return _answer(register, faults)

    _add_faults(app, faults)
    _add_register(app, register)
    return app


def _add_faults(app: Flask, faults: Faults) -> None:
    def shown() -> dict[str, Any]:
        return faults.plan().model_dump(exclude_defaults=True)

    @app.get("/faults")
    def _show() -> dict[str, Any]:
        return shown()

    @app.put("/faults")
    def _set() -> dict[str, Any]:
        faults.set(FaultPlan.model_validate(request.get_json(force=True)))
        return shown()

    @app.delete("/faults")
    def _clear() -> dict[str, Any]:
        faults.set(FaultPlan())
        return shown()


def _add_register(app: Flask, register: Register) -> None:
    @app.get("/questions")
    def _questions() -> Response:
        return jsonify(register.asked)

    @app.put("/register/<vat_id>")
    def _enter(vat_id: str) -> dict[str, Any]:
        body = request.get_json(force=True)
        register.traders[vat_id] = Trader(body["name"], body["address"])
        return {"ids": len(register.traders)}

    @app.delete("/register/<vat_id>")
    def _strike_off(vat_id: str) -> dict[str, Any]:
        register.traders.pop(vat_id, None)
        return {"ids": len(register.traders)}


def _answer(register: Register, faults: Faults) -> Any:
    try:
        asked = Question.model_validate_json(request.get_data())
    except ValidationError as error:
        missing = {fault["loc"][:1] for fault in error.errors() if fault["type"] == "missing"}
        requester = {("requesterMemberStateCode",), ("requesterNumber",)}
        return _refusal("INVALID_REQUESTER_INFO" if missing & requester else "INVALID_INPUT")
    fault = faults.strike(asked.countryCode)
    if fault.delay_seconds:
        time.sleep(fault.delay_seconds)
    if fault.down:
        return Response("<html>Service Unavailable</html>", 503, mimetype="text/html")
    own = asked.requesterMemberStateCode + asked.requesterNumber
    code = fault.error or MAGIC_FAULTS.get(asked.vatNumber)
    if asked.countryCode not in _STATES or not _NUMBER.fullmatch(asked.vatNumber):
        code = "INVALID_INPUT"
    elif own not in register.requesters:
        code = "INVALID_REQUESTER_INFO"
    return _refusal(code) if code else register.answer(asked.countryCode, asked.vatNumber, own)


def _refusal(code: str) -> tuple[dict[str, Any], int]:
    status = 400 if code in _BAD_REQUEST else 500
    return {"actionSucceed": False, "errorWrappers": [{"error": code}]}, status
