"""Incoterms: the rules of the ICC, whose codes trade reads as they are in every language."""

_RULES = frozenset(
    "EXW FCA FAS FOB CFR CIF CPT CIP DAP DPU DDP DAT DAF DES DEQ DDU".split()  # noqa: SIM905
)
"""Of 2020, and those of before that contracts still name."""


def incoterms_rule(key: str) -> str:
    """SAP's key (TINC-INCO1) where it is a rule's code; "" where it is a key of its own, which says
    nothing to a buyer."""
    return key if key in _RULES else ""
