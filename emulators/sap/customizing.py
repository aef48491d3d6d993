"""The stand-in's customizing: the settings of a source system, as Sellin has them too."""

from pathlib import Path

from emulators.sap.order import Kind
from shared.sap.source_system import SourceSystem

FOLDER = Path(__file__).parents[2] / "terraform" / "source_systems"


def read_settings(name: str = "ecc_eu") -> SourceSystem:
    """The document of that name in terraform/source_systems."""
    return SourceSystem.model_validate_json((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def names() -> list[str]:
    """The documents that there are."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


_FOLLOWING: dict[Kind, str] = {
    "return": "RE",
    "free_delivery": "KL",
    "credit_memo": "G2",
    "debit_memo": "L2",
}


def document_type(settings: SourceSystem, kind: Kind) -> str:
    """AUART of a kind of sales document."""
    own: dict[Kind, str] = {
        "order": settings.order_types.at_once,
        "pre_order": settings.order_types.pre_book,
    }
    return own.get(kind) or _FOLLOWING[kind]


def delivery_type(_settings: SourceSystem, *, returns: bool) -> str:
    """LFART of an outbound delivery, or of one that `returns` goods."""
    return "LR" if returns else "LF"
