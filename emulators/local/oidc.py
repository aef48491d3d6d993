"""OIDC tokens for calls that Google's services would make, minted by the Cloud Tasks emulator."""

import time

import aiohttp

# Google's tokens are valid for an hour; ours are renewed well before that.
_RENEW_SECONDS = 600.0


class TokenSource:
    """Tokens of one service account, each kept for ten minutes."""

    def __init__(self, session: aiohttp.ClientSession, token_url: str, caller: str) -> None:
        self._session = session
        self._token_url = token_url
        self._caller = caller
        self._kept: dict[str, tuple[float, str]] = {}

    async def header(self, audience: str) -> dict[str, str]:
        """The Authorization header for a call of `audience`. Raises aiohttp.ClientError."""
        minted, token = self._kept.get(audience, (0.0, ""))
        if not token or time.monotonic() - minted > _RENEW_SECONDS:
            request = {"audience": audience, "email": self._caller}
            async with self._session.post(self._token_url, json=request) as answer:
                answer.raise_for_status()
                token = (await answer.json())["token"]
            self._kept[audience] = (time.monotonic(), token)
        return {"Authorization": f"Bearer {token}"}
