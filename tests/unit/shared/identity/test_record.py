"""What a token says against what is so now: how long the latter is trusted."""

from collections.abc import Mapping
from typing import Any

import pytest

from shared.identity.record import cache_for
from shared.identity.tokens import InvalidTokenError


def test_a_record_is_asked_for_once_in_a_while_and_for_each_token() -> None:
    asked: list[str] = []

    def verify(token: str) -> Mapping[str, Any]:
        asked.append(token)
        return {"uid": token}

    kept = cache_for(3600, verify)
    assert [kept(token)["uid"] for token in ("a", "b", "a")] == ["a", "b", "a"]
    assert asked == ["a", "b"]
    fresh = cache_for(0, verify)
    assert [fresh("a"), fresh("a")] == [{"uid": "a"}] * 2
    assert asked == ["a", "b", "a", "a"]


def test_a_refusal_is_not_kept() -> None:
    answers: list[Mapping[str, Any] | None] = [None, {"uid": "a"}]

    def verify(_: str) -> Mapping[str, Any]:
        answer = answers.pop(0)
        if answer is None:
            raise InvalidTokenError
        return answer

    kept = cache_for(3600, verify)
    with pytest.raises(InvalidTokenError):
        kept("a")
    assert kept("a") == {"uid": "a"}
