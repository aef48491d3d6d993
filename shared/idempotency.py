"""Recognizing a repeated request: the same key by the same person for the same company."""

from hashlib import sha256

from pydantic import BaseModel

from shared.identity.caller import Caller
from shared.problem import Problem
from shared.text.message import N_


class KeyReusedProblem(Problem):
    """The key was used before, with another request."""

    status = 422
    code = "idempotency_key_reused"
    text = N_("This Idempotency-Key was used for another request. Nothing was changed.")


def request_id(caller: Caller, key: str) -> str:
    """One id for each company, person and key; no key has a line feed, so none meets another."""
    return sha256(f"{caller.company}\n{caller.uid}\n{key}".encode()).hexdigest()[:40]


def payload_hash(body: BaseModel, *about: str) -> str:
    """Differs whenever the request does; `about` is what its path says of it."""
    return sha256("\n".join([*about, body.model_dump_json()]).encode()).hexdigest()[:40]
