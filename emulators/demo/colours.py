"""The colour card: three-digit code, family, screen colour and name in seven languages."""

from typing import NamedTuple

from emulators.demo.vocabulary import SPRAS


class Colour(NamedTuple):
    """One colour of the card; `hex` is RRGGBB, `names` is keyed by ISO language."""

    code: str
    family: str
    hex: str
    names: dict[str, str]


_CARD = """
010|BLACK|1E1F22|Black|Schwarz|Noir|Czarny|Svart|Fekete|Negro
020|WHITE|F4F4F0|White|Weiß|Blanc|Biały|Vit|Fehér|Blanco
021|WHITE|E9E4D6|Chalk|Kreide|Craie|Kredowy|Kritvit|Krétafehér|Tiza
030|GREY|A3A7AA|Stone Grey|Steingrau|Gris pierre|Kamienny szary|Stengrå|Kőszürke|Gris piedra
031|GREY|4A4E54|Anthracite|Anthrazit|Anthracite|Antracytowy|Antracit|Antracit|Antracita
100|RED|C8282D|Signal Red|Signalrot|Rouge vif|Sygnałowa czerwień|Signalröd|Élénkpiros|Rojo vivo
101|RED|6E1F32|Burgundy|Bordeaux|Bordeaux|Bordowy|Vinröd|Bordó|Burdeos
110|PINK|E7A3B4|Rose|Rosé|Rose|Różowy|Rosa|Rózsaszín|Rosa
111|PINK|F0705E|Coral|Koralle|Corail|Koralowy|Korall|Korall|Coral
200|ORANGE|E08A2B|Amber|Bernstein|Ambre|Bursztynowy|Bärnsten|Borostyán|Ámbar
210|YELLOW|F2C53D|Sun Yellow|Sonnengelb|Jaune soleil|Słoneczny żółty|Solgul|Napsárga|Amarillo sol
211|YELLOW|C9E04A|Neon Lime|Neonlimette|Citron vert fluo|Neonowa limonka|Neonlime|Neonzöld|Lima neón
300|GREEN|2C5140|Forest|Waldgrün|Vert forêt|Leśna zieleń|Skogsgrön|Erdőzöld|Verde bosque
301|GREEN|9BAF94|Sage|Salbei|Sauge|Szałwiowy|Salvia|Zsályazöld|Salvia
302|GREEN|6C6B3A|Olive|Oliv|Olive|Oliwkowy|Olivgrön|Olívzöld|Oliva
303|GREEN|A9DCC3|Mint|Minze|Menthe|Miętowy|Mint|Mentazöld|Menta
400|BLUE|20304F|Navy|Marine|Bleu marine|Granatowy|Marinblå|Sötétkék|Azul marino
401|BLUE|2B4FB0|Royal Blue|Königsblau|Bleu roi|Królewski błękit|Kungsblå|Királykék|Azul real
402|BLUE|8FBBE0|Sky Blue|Himmelblau|Bleu ciel|Błękitny|Himmelsblå|Égkék|Azul cielo
403|BLUE|1F6272|Petrol|Petrol|Bleu pétrole|Petrolowy|Petrolblå|Petrolkék|Azul petróleo
500|PURPLE|5A2F55|Plum|Pflaume|Prune|Śliwkowy|Plommon|Szilvakék|Ciruela
501|PURPLE|B7A3D3|Lilac|Flieder|Lilas|Liliowy|Ljuslila|Orgonalila|Lila
600|BROWN|5B4032|Cocoa|Kakao|Cacao|Kakaowy|Kakao|Kakaóbarna|Cacao
601|BEIGE|CDB894|Sand|Sand|Sable|Piaskowy|Sand|Homokszín|Arena
"""


def _read(line: str) -> Colour:
    code, family, screen, *names = line.split("|")
    return Colour(code, family, screen, dict(zip(SPRAS, names, strict=True)))


COLOURS: tuple[Colour, ...] = tuple(_read(line) for line in _CARD.strip().splitlines())
