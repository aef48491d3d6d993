"""What of an article may not be sold any more: its own statuses, and those of its sales areas (ARTMAS)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.sap.fields import Flag
from shared.sap.source_system import SourceSystem
from shared.sap.variants import OfMaterial


class Basic(OfMaterial):
    """E1BPE1MARART."""

    BASE_UOM: str = ""
    BASE_UOM_ISO: str = ""
    DIVISION: str = ""
    DEL_FLAG: Flag = False
    PUR_STATUS: str = ""
    SAL_STATUS: str = ""


class Chain(OfMaterial):
    """E1BPE1MVKERT: the article in a distribution chain."""

    SALES_ORG: str
    DISTR_CHAN: str
    DEL_FLAG: Flag = False
    SAL_STATUS: str = ""


@dataclass(frozen=True)
class Statuses:
    """The statuses of a message's articles.

    What is blocked in all distribution chains of the settings that it is in is not sold. Where only
    some block it, buyers of the others want it, and a style is shown to all or to nobody: it stays,
    SAP refuses it to those that may not have it, and a person is told.
    """

    basics: Sequence[Basic]
    chains: Sequence[Chain]
    system: SourceSystem

    def is_blocked(self, number: str) -> bool:
        """Whether an article, generic or a variant, is not sold at all."""
        settings = self.system.articles
        chains = self._chains(number)
        return any(
            row.DEL_FLAG
            or row.PUR_STATUS in settings.blocked_purchasing
            or row.SAL_STATUS in settings.blocked_sales
            for row in self.basics
            if number == row.MATERIAL
        ) or (bool(chains) and len(self._blocking(chains)) == len(chains))

    def told(self, numbers: Iterable[str]) -> list[str]:
        """One line for each article that some distribution chains block."""
        found = []
        for number in numbers:
            chains = self._chains(number)
            blocking = self._blocking(chains)
            if blocking and len(blocking) < len(chains):
                places = ", ".join(f"{row.SALES_ORG} {row.DISTR_CHAN}" for row in blocking)
                found.append(
                    f"E1BPE1MVKERT: {number} is blocked in {places} only, so it is shown to all"
                )
        return found

    def _chains(self, number: str) -> list[Chain]:
        ours = {(area.organisation, area.channel) for area in self.system.sales_areas}
        return [
            row
            for row in self.chains
            if number == row.MATERIAL and (row.SALES_ORG, row.DISTR_CHAN) in ours
        ]

    def _blocking(self, chains: Iterable[Chain]) -> list[Chain]:
        blocked = self.system.articles.blocked_sales
        return [row for row in chains if row.DEL_FLAG or row.SAL_STATUS in blocked]
