"""What the brand calls its categories and colour families, as its article master says it."""

from emulators.demo.vocabulary import SPRAS

_CATEGORIES = """
BAG|Bags|Taschen|Sacs|Torby|Väskor|Táskák|Bolsas
BALL|Balls|Bälle|Ballons|Piłki|Bollar|Labdák|Balones
BRA|Sports bras|Sport-BHs|Brassières de sport|Biustonosze sportowe|Sport-bh:ar|Sportmelltartók|Sujetadores deportivos
CAP|Caps|Kappen|Casquettes|Czapki z daszkiem|Kepsar|Sapkák|Gorras
HOODIE|Hoodies|Hoodies|Sweats à capuche|Bluzy z kapturem|Huvtröjor|Kapucnis felsők|Sudaderas
JACKET|Jackets|Jacken|Vestes|Kurtki|Jackor|Dzsekik|Chaquetas
KIDS|Kids' clothing|Kinderbekleidung|Vêtements enfant|Odzież dziecięca|Barnkläder|Gyerekruházat|Ropa infantil
SHOES|Shoes|Schuhe|Chaussures|Buty|Skor|Cipők|Calzado
SHORTS|Shorts|Shorts|Shorts|Szorty|Shorts|Rövidnadrágok|Shorts
SOCKS|Socks|Socken|Chaussettes|Skarpety|Strumpor|Zoknik|Calcetines
TEE|T-shirts and jerseys|T-Shirts und Trikots|T-shirts et maillots|T-shirty i koszulki meczowe|T-shirtar och matchtröjor|Pólók és mezek|Camisetas
TROUSERS|Trousers|Hosen|Pantalons|Spodnie|Byxor|Nadrágok|Pantalones
"""

_FAMILIES = """
BEIGE|Beige and sand|Beige und Sand|Beige et sable|Beże i piaski|Beige och sand|Bézs és homok|Beige y arena
BLACK|Black|Schwarz|Noir|Czarny|Svart|Fekete|Negro
BLUE|Blue|Blau|Bleu|Niebieski|Blå|Kék|Azul
BROWN|Brown|Braun|Marron|Brązowy|Brun|Barna|Marrón
GREEN|Green|Grün|Vert|Zielony|Grön|Zöld|Verde
GREY|Grey|Grau|Gris|Szary|Grå|Szürke|Gris
ORANGE|Orange|Orange|Orange|Pomarańczowy|Orange|Narancssárga|Naranja
PINK|Pink|Rosa|Rose|Różowy|Rosa|Rózsaszín|Rosa
PURPLE|Purple|Violett|Violet|Fioletowy|Lila|Lila|Morado
RED|Red|Rot|Rouge|Czerwony|Röd|Piros|Rojo
WHITE|White|Weiß|Blanc|Biały|Vit|Fehér|Blanco
YELLOW|Yellow|Gelb|Jaune|Żółty|Gul|Sárga|Amarillo
"""


def _read(table: str) -> dict[str, dict[str, str]]:
    rows = (line.split("|") for line in table.strip().splitlines())
    return {key: dict(zip(SPRAS, names, strict=True)) for key, *names in rows}


CATEGORIES = _read(_CATEGORIES)
FAMILIES = _read(_FAMILIES)
