"""What of an article may not be sold any more: its own statuses, and those of its distribution chains
(ARTMAS)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shared.sap.fields import Flag
from shared.sap.source_system import SourceSystem
from shared.sap.variants import OfMaterial
from shared.style.model import chain_of


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
    MAT_PR_GRP: str = ""

    @property
    def name(self) -> str:
        """The distribution chain's name."""
        return chain_of(self.SALES_ORG, self.DISTR_CHAN)


@dataclass(frozen=True)
class Statuses:
    """The statuses of a message's articles, and the groups that price them.

    What is blocked in all distribution chains of the settings that it is in is not sold. Where only
    some block it, it is sold in the others.
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

    def blocked_in(self, generic: str, variant: str) -> list[str]:
        """The distribution chains in which a variant is not sold, for itself or with its style."""
        chains = [*self._chains(generic), *self._chains(variant)]
        return sorted({row.name for row in self._blocking(chains)})

    def pricing_groups(self, generic: str) -> dict[str, str]:
        """The material pricing group of a style by distribution chain, where it has one."""
        return {row.name: row.MAT_PR_GRP for row in self._chains(generic) if row.MAT_PR_GRP}

    def group_warnings(self, generic: str, variants: Iterable[str]) -> list[str]:
        """A line for each variant that is in another material pricing group than its style."""
        groups = self.pricing_groups(generic)
        return [
            f"E1BPE1MVKERT/MAT_PR_GRP: {number} is in {row.MAT_PR_GRP or 'no group'} in"
            f" {row.SALES_ORG} {row.DISTR_CHAN}, and priced by that of {generic},"
            f" {groups.get(row.name, 'none')}"
            for number in variants
            for row in self._chains(number)
            if groups.get(row.name, "") != row.MAT_PR_GRP
        ]

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
