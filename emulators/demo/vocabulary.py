"""Style names in seven languages, put together from words with their grammar.

A name is a product line, an optional adjective, a type noun and an optional version. English
and Hungarian lead with the line ("Kestrel Light Jacket"), the others lead with the noun
phrase once there is an adjective ("Leichte Jacke Kestrel"), which agrees with the noun.
"""

from typing import NamedTuple

SPRAS: dict[str, str] = {
    "en": "E",
    "de": "D",
    "fr": "F",
    "pl": "L",
    "sv": "V",
    "hu": "H",
    "es": "S",
}
"""ISO language → SAP's one-character language key."""

NAME_LENGTH = 40
"""Length of MAKT-MAKTX, which every name has to fit."""

_LINES = """
Tech Alba Arden Brisk Cirrus Comet Delta Drift Echo Ember Fjord Flint Glide Harrier Helix Juno
Kestrel Kite Lumen Lynx Meridian Mistral Nova Onyx Orbit Pacer Pulse Quartz Rally Ridge Rove
Sierra Sirocco Solstice Summit Swift Talon Tempo Terra Tide Vega Vento Vertex Wander Zephyr
Zenith
"""

LINES: tuple[str, ...] = tuple(_LINES.split())
"""Names of product lines."""


class Noun(NamedTuple):
    """A type noun: what is drawn for it, its word and its grammatical class per language.

    Classes: de m f n p, fr and es m f mp fp, pl m f n p, sv c n p; en and hu know none.
    """

    drawing: str
    words: dict[str, str]
    classes: dict[str, str]


# drawing | en | de | fr | pl | sv | hu | es, a word's class behind the slash
_NOUNS = {
    "SHOES": """
shoe|Running Shoe|Laufschuh/m|chaussures de running/fp|buty do biegania/p|löparskor/p|futócipő|zapatillas de running/fp
shoe|Trail Shoe|Trailschuh/m|chaussures de trail/fp|buty trailowe/p|trailskor/p|terepfutó cipő|zapatillas de trail/fp
shoe|Training Shoe|Trainingsschuh/m|chaussures de sport/fp|buty treningowe/p|träningsskor/p|edzőcipő|zapatillas de gimnasio/fp
shoe|Hiking Shoe|Wanderschuh/m|chaussures de marche/fp|buty trekkingowe/p|vandringsskor/p|túracipő|botas de senderismo/fp
shoe|Sneaker|Sneaker/m|baskets/fp|sneakersy/p|sneakers/p|utcai cipő|zapatillas/fp""",
    "TEE": """
tee|Tee|T-Shirt/n|t-shirt/m|koszulka/f|t-shirt/c|póló|camiseta/f
tee|Running Tee|Laufshirt/n|t-shirt de running/m|koszulka do biegania/f|löpartröja/c|futópóló|camiseta de running/f
tee|Training Tee|Trainingsshirt/n|t-shirt de sport/m|koszulka treningowa/f|träningströja/c|edzőpóló|camiseta deportiva/f
tee|Jersey|Trikot/n|maillot/m|koszulka meczowa/f|matchtröja/c|mez|camiseta de juego/f""",
    "HOODIE": """
hoodie|Hoodie|Hoodie/m|sweat à capuche/m|bluza z kapturem/f|huvtröja/c|kapucnis pulóver|sudadera con capucha/f
hoodie|Training Hoodie|Trainingshoodie/m|sweat de sport/m|bluza treningowa/f|träningshoodie/c|edzőpulóver|sudadera deportiva/f""",
    "JACKET": """
jacket|Jacket|Jacke/f|veste/f|kurtka/f|jacka/c|dzseki|chaqueta/f
jacket|Running Jacket|Laufjacke/f|veste de running/f|kurtka do biegania/f|löparjacka/c|futódzseki|chaqueta de running/f
jacket|Rain Jacket|Regenjacke/f|veste de pluie/f|kurtka przeciwdeszczowa/f|regnjacka/c|esődzseki|chaqueta de lluvia/f
jacket|Training Jacket|Trainingsjacke/f|veste de sport/f|kurtka treningowa/f|träningsjacka/c|edződzseki|chaqueta deportiva/f""",
    "TROUSERS": """
trousers|Trousers|Hose/f|pantalon/m|spodnie/p|byxor/p|nadrág|pantalón/m
trousers|Hiking Trousers|Wanderhose/f|pantalon de marche/m|spodnie trekkingowe/p|vandringsbyxor/p|túranadrág|pantalón de senderismo/m
trousers|Training Trousers|Trainingshose/f|pantalon de sport/m|spodnie treningowe/p|träningsbyxor/p|edzőnadrág|pantalón deportivo/m""",
    "SHORTS": """
shorts|Shorts|Shorts/p|short/m|szorty/p|shorts/p|rövidnadrág|short/m
shorts|Running Shorts|Laufshorts/p|short de running/m|szorty do biegania/p|löparshorts/p|futóshort|short de running/m
shorts|Training Shorts|Trainingsshorts/p|short de sport/m|szorty treningowe/p|träningsshorts/p|edzőshort|short deportivo/m""",
    "BRA": """
bra|Sports Bra|Sport-BH/m|brassière de sport/f|biustonosz sportowy/m|sport-bh/c|sportmelltartó|sujetador deportivo/m
bra|Running Bra|Lauf-BH/m|brassière de running/f|biustonosz do biegania/m|löpar-bh/c|futómelltartó|sujetador de running/m""",
    "SOCKS": """
sock|Socks|Socken/p|chaussettes/fp|skarpety/p|strumpor/p|zokni|calcetines/mp
sock|Running Socks|Laufsocken/p|chaussettes de running/fp|skarpety do biegania/p|löparstrumpor/p|futózokni|calcetines de running/mp
sock|Hiking Socks|Wandersocken/p|chaussettes de marche/fp|skarpety trekkingowe/p|vandringsstrumpor/p|túrazokni|calcetines de senderismo/mp""",
    "CAP": """
cap|Cap|Kappe/f|casquette/f|czapka z daszkiem/f|keps/c|baseballsapka|gorra/f
cap|Running Cap|Laufkappe/f|casquette de running/f|czapka do biegania/f|löparkeps/c|futósapka|gorra de running/f""",
    "BAG": """
bag|Sports Bag|Sporttasche/f|sac de sport/m|torba sportowa/f|sportväska/c|sporttáska|bolsa de deporte/f
bag|Travel Bag|Reisetasche/f|sac de voyage/m|torba podróżna/f|weekendväska/c|utazótáska|bolsa de viaje/f""",
    "BALL": """
ball|Training Ball|Trainingsball/m|ballon d'entraînement/m|piłka treningowa/f|träningsboll/c|edzőlabda|balón de entrenamiento/m
ball|Match Ball|Spielball/m|ballon de match/m|piłka meczowa/f|matchboll/c|meccslabda|balón de partido/m""",
    "KIDS": """
tee|Kids' Tee|Kinder-T-Shirt/n|t-shirt enfant/m|koszulka dziecięca/f|barntröja/c|gyerekpóló|camiseta infantil/f
hoodie|Kids' Hoodie|Kinderhoodie/m|sweat à capuche enfant/m|bluza dziecięca/f|barnhuvtröja/c|gyerekpulóver|sudadera infantil/f
jacket|Kids' Jacket|Kinderjacke/f|veste enfant/f|kurtka dziecięca/f|barnjacka/c|gyerekdzseki|chaqueta infantil/f
shorts|Kids' Shorts|Kindershorts/p|short enfant/m|szorty dziecięce/p|barnshorts/p|gyerekshort|short infantil/m""",
}

# en | de stem | fr m f mp fp | pl m f n p | sv c n p | hu | es m f mp fp; an underscore is a space in a form
_ADJECTIVES = {
    "light": "Light|leicht|léger légère légers légères|lekki lekka lekkie lekkie"
    "|lätt lätt lätta|könnyű"
    "|ligero ligera ligeros ligeras",
    "warm": "Warm|warm|chaud chaude chauds chaudes|ciepły ciepła ciepłe ciepłe"
    "|varm varmt varma|meleg"
    "|cálido cálida cálidos cálidas",
    "waterproof": "Waterproof|wasserdicht|imperméable imperméable imperméables imperméables"
    "|wodoodporny wodoodporna wodoodporne wodoodporne|vattentät vattentätt vattentäta|vízálló"
    "|impermeable impermeable impermeables impermeables",
    "breathable": "Breathable|atmungsaktiv|respirant respirante respirants respirantes"
    "|oddychający oddychająca oddychające oddychające"
    "|ventilerande ventilerande ventilerande|légáteresztő"
    "|transpirable transpirable transpirables transpirables",
    "soft": "Soft|weich|doux douce doux douces|miękki miękka miękkie miękkie|mjuk mjukt mjuka|puha"
    "|suave suave suaves suaves",
    "windproof": "Windproof|winddicht|coupe-vent coupe-vent coupe-vent coupe-vent"
    "|wiatroszczelny wiatroszczelna wiatroszczelne wiatroszczelne"
    "|vindtät vindtätt vindtäta|szélálló"
    "|cortavientos cortavientos cortavientos cortavientos",
    "durable": "Durable|robust|robuste robuste robustes robustes"
    "|wytrzymały wytrzymała wytrzymałe wytrzymałe|slitstark slitstarkt slitstarka|strapabíró"
    "|resistente resistente resistentes resistentes",
    "stretch": "Stretch|elastisch|extensible extensible extensibles extensibles"
    "|elastyczny elastyczna elastyczne elastyczne|elastisk elastiskt elastiska|rugalmas"
    "|elástico elástica elásticos elásticas",
    "quick-drying": "Quick-Dry|schnelltrocknend"
    "|à_séchage_rapide à_séchage_rapide à_séchage_rapide à_séchage_rapide"
    "|szybkoschnący szybkoschnąca szybkoschnące szybkoschnące"
    "|snabbtorkande snabbtorkande snabbtorkande|gyorsan száradó"
    "|de_secado_rápido de_secado_rápido de_secado_rápido de_secado_rápido",
    "classic": "Classic|klassisch|classique classique classiques classiques"
    "|klasyczny klasyczna klasyczne klasyczne|klassisk klassiskt klassiska|klasszikus"
    "|clásico clásica clásicos clásicas",
}

ADJECTIVES_OF: dict[str, tuple[str, ...]] = {
    "SHOES": ("light", "waterproof", "breathable", "durable", "classic"),
    "TEE": ("light", "breathable", "soft", "quick-drying", "classic"),
    "HOODIE": ("warm", "soft", "classic", "light"),
    "JACKET": ("waterproof", "windproof", "light", "warm"),
    "TROUSERS": ("stretch", "durable", "light", "quick-drying"),
    "SHORTS": ("light", "stretch", "quick-drying"),
    "BRA": ("soft", "breathable", "stretch"),
    "SOCKS": ("warm", "soft", "breathable"),
    "CAP": ("light", "breathable", "classic"),
    "BAG": ("waterproof", "durable", "light"),
    "BALL": ("durable", "classic"),
    "KIDS": ("soft", "light", "warm", "durable"),
}
"""Which adjectives make sense for a category."""

_CLASS_ORDER = {
    "fr": ("m", "f", "mp", "fp"),
    "pl": ("m", "f", "n", "p"),
    "sv": ("c", "n", "p"),
    "es": ("m", "f", "mp", "fp"),
}
_GERMAN_ENDING = {"m": "er", "f": "e", "n": "es", "p": "e"}
_NAME_FIRST = ("en", "hu")


def _read_noun(line: str) -> Noun:
    drawing, *cells = line.split("|")
    words, classes = {}, {}
    for language, cell in zip(SPRAS, cells, strict=True):
        word, _, grammar = cell.partition("/")
        words[language], classes[language] = word, grammar
    return Noun(drawing, words, classes)


NOUNS: dict[str, tuple[Noun, ...]] = {
    category: tuple(_read_noun(line) for line in table.strip().splitlines())
    for category, table in _NOUNS.items()
}


def _inflect(adjective: str, language: str, grammar: str) -> str:
    """The adjective's form beside a noun of that class, without an article."""
    english, german, french, polish, swedish, hungarian, spanish = _ADJECTIVES[adjective].split("|")
    if language == "en":
        return english
    if language == "hu":
        return hungarian
    if language == "de":
        return german + _GERMAN_ENDING[grammar]
    forms = {"fr": french, "pl": polish, "sv": swedish, "es": spanish}[language].split()
    return forms[_CLASS_ORDER[language].index(grammar)].replace("_", " ")


def style_name(language: str, line: str, version: str, noun: Noun, adjective: str) -> str:
    """A style's name in one language, at most 40 characters.

    `version` and `adjective` may be empty; an adjective that would not fit is left out.
    """
    word = noun.words[language]
    form = _inflect(adjective, language, noun.classes[language]) if adjective else ""
    if language in _NAME_FIRST or (not form and language in ("de", "sv")):
        parts = [line, form, word, version]
    elif language in ("fr", "es"):
        parts = [word, form, line, version]
    else:
        parts = [form, word, line, version]
    name = " ".join(part for part in parts if part)
    if len(name) > NAME_LENGTH and adjective:
        return style_name(language, line, version, noun, "")
    return name[0].upper() + name[1:]
