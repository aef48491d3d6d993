"""Structured JSON logs that Cloud Logging understands, with trace and request ids."""

import logging
import re
import sys
import uuid

import structlog
from flask import request

# https://cloud.google.com/logging/docs/structured-logging names these keys.
_TRACE_KEY = "logging.googleapis.com/trace"
_REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
_TRACEPARENT = re.compile(r"^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$")


def configure_logging(project: str, level: str) -> None:
    """Log JSON lines to stdout: severity, message, time, and what was bound for the request."""

    def add_trace(
        _: object, __: str, event: structlog.typing.EventDict
    ) -> structlog.typing.EventDict:
        if trace := event.pop("trace", None):
            event[_TRACE_KEY] = f"projects/{project}/traces/{trace}"
        event["severity"] = event.pop("level").upper()
        event["message"] = event.pop("event")
        return event

    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            structlog.processors.format_exc_info,
            add_trace,
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
    )


def bind_request() -> None:
    """Bind this request's ids to every log line made while serving it.

    The trace is W3C's Trace Context; X-Request-Id is what the caller was told, else the trace.
    """
    structlog.contextvars.clear_contextvars()
    match = _TRACEPARENT.match(request.headers.get("traceparent", ""))
    trace = match.group(1) if match else uuid.uuid4().hex
    told = request.headers.get("X-Request-Id", "")
    request_id = told if _REQUEST_ID.fullmatch(told) else trace
    structlog.contextvars.bind_contextvars(trace=trace, request_id=request_id)
