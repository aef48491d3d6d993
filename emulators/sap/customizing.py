"""The stand-in's customizing: the settings of a source system, as Sellin has them too."""

from pathlib import Path

from emulators.sap.order import Kind
from shared.sap.source_system import SourceSystem

PAYMENT_TERMS = frozenset({"0001", "NT14", "NT30", "NT60", "2D10", "ZN30", "ZN60"})
"""Keys of payment terms (T052), beside those of the customers."""

INCOTERMS = frozenset({"EXW", "FCA", "CPT", "CIP", "DAP", "DPU", "DDP", "FAS", "FOB", "CFR", "CIF"})
"""Incoterms (TINC), beside those of the customers."""

REASONS = frozenset({"01", "02", "03", "04", "05", "10", "11", "50"})
"""Reasons for rejection (TVAG): SAP's own that are kept; the brand's is a setting."""

FOLDER = Path(__file__).parents[2] / "terraform" / "source_systems"


def read_settings(name: str = "ecc_eu") -> SourceSystem:
    """The document of that name in terraform/source_systems."""
    return SourceSystem.model_validate_json((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def names() -> list[str]:
    """The documents that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def client(settings: SourceSystem) -> str:
    """Its client, which names of logical systems end with ("ECPCLNT100")."""
    return settings.logical_system[-3:]


def external_numbers(settings: SourceSystem) -> tuple[str, str] | None:
    """The first and the last sales order number that callers may choose; None: SAP draws all."""
    first, _, last = (settings.orders.numbers or "").partition("-")
    return (first, last) if first else None


def document_type(settings: SourceSystem, kind: Kind) -> str:
    """AUART of a kind of sales document."""
    if kind == "order":
        return settings.order_types.at_once
    if kind == "pre_order":
        return settings.order_types.pre_book
    types = settings.documents.order_types
    return next(code for code, meant in types.items() if meant == kind)


def delivery_type(settings: SourceSystem, *, returns: bool) -> str:
    """LFART of an outbound delivery, or of one that `returns` goods."""
    return settings.documents.returns[0] if returns else "LF"


def header_texts(settings: SourceSystem) -> set[str]:
    """Text ids (TTXID) of a sales document's header."""
    texts = settings.orders.texts
    return {texts.cancel_by, texts.season, texts.po_written}
