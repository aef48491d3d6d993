"""How SAP's documents name the order of ours that they are about: by PURCH_NO_C."""

import re

# PURCH_NO_C as we write it: our number of 14 characters, a slash, the buyer's.
_OUR_REFERENCE = re.compile(r"^([0-9A-Z]{10}-[0-9]{3})/")


def our_order(reference: str) -> str | None:
    """Our order's number; None where the purchase order is another channel's."""
    match = _OUR_REFERENCE.match(reference)
    return match.group(1) if match else None
