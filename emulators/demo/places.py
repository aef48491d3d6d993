"""Where the demo companies are: VAT number patterns, legal forms, streets and cities by market."""

from typing import NamedTuple

from shared.market import model


class City(NamedTuple):
    """A town with postal code; `region` is the state or province where addresses need one."""

    name: str
    postcode: str
    region: str


class Market(NamedTuple):
    """A country; `vat` is a pattern of its VAT numbers (# a digit, @ a letter), "" for none.

    `spras` is SAP's one-character key of `language` (ISO 639-1).
    """

    country: str
    currency: str
    language: str
    spras: str
    vat: str
    legal_form: str
    streets: tuple[str, ...]
    cities: tuple[City, ...]
    neighbour: str

    @property
    def sales_org(self) -> str:
        """The sales organisation that sells there."""
        return model.MARKETS[self.country].organisation

    @property
    def plant(self) -> str:
        """The plant that delivers there."""
        region = model.SALES_ORGANISATIONS[self.sales_org].region
        return {"eu": "EU01", "na": "US01"}.get(region, f"{region.upper()}01")


# country|SPRAS|VAT pattern|legal form|streets|cities|neighbour
_MARKETS = """
DE|D|DE#########|GmbH|Marktstraße 12,Lindenallee 4|Leipzig 04109,Hamburg 20095,München 80331,Köln 50667,Berlin 10115|AT
PL|L|PL##########|Sp. z o.o.|ul. Sportowa 8,ul. Długa 21|Kraków 31-147,Warszawa 00-024,Gdańsk 80-831,Poznań 61-772|DE
HU|H|HU########|Kft.|Fő utca 15,Rákóczi út 30|Budapest 1052,Győr 9021,Szeged 6720|SK
US|E||Inc.|120 Main Street,48 Harbor Avenue|Boulder 80302 CO,Portland 97205 OR,Austin 78701 TX,Boston 02116 MA|CA
SE|V|SE##########01|AB|Storgatan 5,Hamngatan 17|Göteborg 411 03,Stockholm 111 47,Malmö 211 22|NO
FR|F|FR###########|SARL|12 rue de la République,5 avenue du Stade|Lyon 69002,Paris 75011,Nantes 44000,Lille 59000|BE
NL|N|NL#########B##|B.V.|Kerkstraat 9,Havenweg 31|Utrecht 3511 LN,Amsterdam 1012 JS,Rotterdam 3011 AA|BE
IT|I|IT###########|S.r.l.|Via Roma 18,Corso Italia 40|Bologna 40121,Milano 20121,Torino 10121,Verona 37121|AT
ES|S|ESB########|S.L.|Calle Mayor 7,Avenida del Mar 22|Valencia 46002,Madrid 28013,Bilbao 48001,Sevilla 41001|PT
AT|D|ATU########|GmbH|Hauptplatz 3,Ringstraße 14|Graz 8010,Wien 1010,Linz 4020|DE
BE|N|BE0#########|BV|Nieuwstraat 11,Stationsplein 2|Gent 9000,Antwerpen 2000,Brussel 1000|NL
BG|W|BG#########|EOOD|bul. Vitosha 25,ul. Sportna 6|Sofia 1000,Plovdiv 4000,Varna 9000|RO
HR|6|HR###########|d.o.o.|Ilica 42,Obala 3|Zagreb 10000,Split 21000,Rijeka 51000|SI
CY|G|CY########@|Ltd|Makariou 19,Ledras 8|Limassol 3030,Nicosia 1011,Larnaca 6021|GR
CZ|C|CZ########|s.r.o.|Dlouhá 16,Nádražní 5|Brno 602 00,Praha 110 00,Ostrava 702 00|SK
DK|K|DK########|ApS|Vestergade 10,Havnegade 4|Aarhus 8000,København 1456,Odense 5000|SE
EE|9|EE#########|OÜ|Pikk 7,Rüütli 12|Tartu 51007,Tallinn 10123,Pärnu 80010|LV
FI|U|FI########|Oy|Hämeenkatu 20,Satamakatu 3|Tampere 33200,Helsinki 00100,Turku 20100|SE
GR|G|EL#########|EPE|Ermou 33,Egnatia 50|Athina 105 63,Thessaloniki 546 24,Patra 262 21|CY
IE|E|IE#######@|Ltd|14 Bridge Street,6 Quay Road|Galway H91 X2K4,Dublin D02 AF30,Cork T12 W8KP|GB
LV|Y|LV4##########|SIA|Brīvības iela 40,Ostas iela 2|Rīga LV-1010,Liepāja LV-3401|LT
LT|X|LT#########|UAB|Gedimino pr. 9,Laisvės al. 51|Kaunas 44240,Vilnius 01103,Klaipėda 91246|LV
LU|F|LU########|Sàrl|Grand-Rue 27,rue de l'Alzette 8|Luxembourg 1661,Esch-sur-Alzette 4010|FR
MT|E|MT########|Ltd|Republic Street 101,Tower Road 16|Sliema SLM 1600,Valletta VLT 1110|IT
PT|P|PT5########|Lda|Rua das Flores 24,Avenida da Liberdade 60|Porto 4050-262,Lisboa 1250-096,Braga 4700-424|ES
RO|4|RO########|S.R.L.|Strada Lungă 18,Bulevardul Eroilor 5|Cluj-Napoca 400001,București 010011,Brașov 500035|HU
SK|Q|SK##########|s.r.o.|Hlavná 13,Obchodná 28|Košice 040 01,Bratislava 811 06,Žilina 010 01|CZ
SI|5|SI########|d.o.o.|Slovenska cesta 30,Glavni trg 4|Ljubljana 1000,Maribor 2000|AT
NO|O|NO#########MVA|AS|Storgata 22,Strandgaten 9|Bergen 5013,Oslo 0155,Trondheim 7010|SE
CH|D|CHE#########MWST|AG|Bahnhofstrasse 16,Seeweg 2|Zürich 8001,Bern 3011,Basel 4051|DE
GB|E|GB#########|Ltd|18 High Street,3 Station Road|Leeds LS1 6AB,London EC1A 1BB,Bristol BS1 4DJ,Glasgow G1 1XQ|IE
CA|E||Inc.|200 King Street,77 Water Street|Toronto M5H 1J9 ON,Vancouver V6B 1A1 BC,Montréal H2Y 1C6 QC|US
"""


def _city(text: str, states: bool) -> City:
    name, _, rest = text.partition(" ")
    postcode, _, region = rest.rpartition(" ") if states else (rest, "", "")
    return City(name, postcode, region)


def _read(line: str) -> Market:
    country, spras, *rest = line.split("|")
    return _market(country, model.MARKETS[country].languages[0].partition("_")[0], spras, rest)


def _market(country: str, language: str, spras: str, rest: list[str]) -> Market:
    vat, form, streets, cities, neighbour = rest
    states = country in ("US", "CA", "MX")
    market = model.MARKETS[country]
    return Market(
        country,
        market.currency,
        language,
        spras,
        vat,
        form,
        tuple(streets.split(",")),
        tuple(_city(city, states) for city in cities.split(",")),
        neighbour,
    )


MARKETS: dict[str, Market] = {
    market.country: market for market in map(_read, _MARKETS.strip().splitlines())
}
"""The 27 countries of the EU, Norway, Switzerland, the UK, the USA and Canada."""

# country|language|SPRAS|legal form|streets|cities with postal code and state|neighbour
_REGIONS = """
US|en|E|Inc.|120 Main Street,48 Harbor Avenue|Boulder 80302 CO,Portland 97205 OR,Seattle 98101 WA,Denver 80202 CO|CA
CA|en|E|Inc.|200 King Street,77 Water Street|Toronto M5H 1J9 ON,Ottawa K1P 5M7 ON,Hamilton L8P 4W7 ON|US
CA|fr|F|inc.|45 rue Sainte-Catherine,310 boulevard Laurier|Montréal H2Y 1C6 QC,Québec G1R 4P5 QC,Laval H7N 0A1 QC|US
MX|es|S|S.A. de C.V.|Avenida Juárez 210,Calle Hidalgo 45|Guadalajara 44100 JAL,Monterrey 64000 NLE,Querétaro 76000 QUE,Mérida 97000 YUC,Puebla 72000 PUE|US
US|en|E|Corp.|31 Beacon Street,8 Wharf Road|Boston 02116 MA,Providence 02903 RI,Concord 03301 NH|CA
CA|en|E|Ltd.|550 Granville Street,18 Stampede Trail|Vancouver V6B 1A1 BC,Calgary T2P 1J9 AB,Victoria V8W 1P6 BC|US
"""


def _read_region(line: str) -> Market:
    country, language, spras, *rest = line.split("|")
    return _market(country, language, spras, ["", *rest])


NORTH_AMERICA = tuple(map(_read_region, _REGIONS.strip().splitlines()))
"""Parts of the USA and Canada, and Mexico, each with the language that is spoken with its companies."""
