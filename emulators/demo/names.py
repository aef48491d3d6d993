"""What the brand calls its categories and colour families, as its article master says it."""

from emulators.demo.vocabulary import SPRAS

_CATEGORIES = """
BAG|Bags|Taschen|Sacs|Torby|Väskor|Táskák
BALL|Balls|Bälle|Ballons|Piłki|Bollar|Labdák
BRA|Sports bras|Sport-BHs|Brassières de sport|Biustonosze sportowe|Sport-bh:ar|Sportmelltartók
CAP|Caps|Kappen|Casquettes|Czapki z daszkiem|Kepsar|Sapkák
HOODIE|Hoodies|Hoodies|Sweats à capuche|Bluzy z kapturem|Huvtröjor|Kapucnis felsők
JACKET|Jackets|Jacken|Vestes|Kurtki|Jackor|Dzsekik
KIDS|Kids' clothing|Kinderbekleidung|Vêtements enfant|Odzież dziecięca|Barnkläder|Gyerekruházat
SHOES|Shoes|Schuhe|Chaussures|Buty|Skor|Cipők
SHORTS|Shorts|Shorts|Shorts|Szorty|Shorts|Rövidnadrágok
SOCKS|Socks|Socken|Chaussettes|Skarpety|Strumpor|Zoknik
TEE|T-shirts and jerseys|T-Shirts und Trikots|T-shirts et maillots|T-shirty i koszulki meczowe|T-shirtar och matchtröjor|Pólók és mezek
TROUSERS|Trousers|Hosen|Pantalons|Spodnie|Byxor|Nadrágok
"""

_FAMILIES = """
BEIGE|Beige and sand|Beige und Sand|Beige et sable|Beże i piaski|Beige och sand|Bézs és homok
BLACK|Black|Schwarz|Noir|Czarny|Svart|Fekete
BLUE|Blue|Blau|Bleu|Niebieski|Blå|Kék
BROWN|Brown|Braun|Marron|Brązowy|Brun|Barna
GREEN|Green|Grün|Vert|Zielony|Grön|Zöld
GREY|Grey|Grau|Gris|Szary|Grå|Szürke
ORANGE|Orange|Orange|Orange|Pomarańczowy|Orange|Narancssárga
PINK|Pink|Rosa|Rose|Różowy|Rosa|Rózsaszín
PURPLE|Purple|Violett|Violet|Fioletowy|Lila|Lila
RED|Red|Rot|Rouge|Czerwony|Röd|Piros
WHITE|White|Weiß|Blanc|Biały|Vit|Fehér
YELLOW|Yellow|Gelb|Jaune|Żółty|Gul|Sárga
"""


def _read(table: str) -> dict[str, dict[str, str]]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return {key: dict(zip(SPRAS, names, strict=True)) for key, *names in rows}


CATEGORIES = _read(_CATEGORIES)
FAMILIES = _read(_FAMILIES)
