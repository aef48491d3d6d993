"""Gzip of large answers, since nothing between a function and the browser compresses them."""

import gzip

from flask import Response, request

WORTHWHILE = 1_400
"""Bytes. A smaller answer fits into one packet anyway."""

# Of zlib's levels 1 to 9: the answer is hardly larger than at the usual 6, in half the time.
_LEVEL = 4


def compress(response: Response) -> Response:
    """Gzip a JSON answer that is large enough, where the caller accepts it (RFC 9110, 12.5.3).

    The length of an answer gives nothing away (BREACH): callers send a bearer token, not a
    cookie, so no other site can make a browser ask in their name.
    """
    if not response.is_json or len(response.get_data()) < WORTHWHILE:
        return response
    response.vary.add("Accept-Encoding")
    if request.accept_encodings["gzip"]:
        response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
        response.content_encoding = "gzip"
    return response
