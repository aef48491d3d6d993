"""Units of measure of items in SAP's documents, by the settings of the source system."""

from shared.sap.fault import UntranslatableMessageError
from shared.sap.source_system import SourceSystem


def is_case(system: SourceSystem, unit: str, field: str) -> bool:
    """Whether the unit in `field` is a case, of pieces or pairs that only the article knows.

    Raises:
        UntranslatableMessageError: it is neither that nor a piece or a pair.
    """
    if not unit or unit in system.articles.units:
        return False
    if unit == system.articles.case or unit in system.documents.case_units:
        return True
    raise UntranslatableMessageError([f"{field}: the unit {unit!r} is neither pieces nor cases"])
