"""All families of SAP's messages."""

from tests.integration.messages.articles import ARTMAS, ZLISTING
from tests.integration.messages.conditions import DISCOUNT, OWN_PRICE, VARIANT_PRICE
from tests.integration.messages.customers import DEBMAS, SHIP_TO, ZCREDIT
from tests.integration.messages.documents import DESADV, INVOIC, ORDRSP
from tests.integration.messages.prices import COND_A
from tests.integration.messages.stock import STOCK

FAMILIES = [ARTMAS, ZLISTING, COND_A, DEBMAS, SHIP_TO, ZCREDIT, STOCK, ORDRSP, DESADV, INVOIC]
FAMILIES += [VARIANT_PRICE, OWN_PRICE, DISCOUNT]
