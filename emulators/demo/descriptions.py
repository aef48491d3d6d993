"""Long descriptions and size words in seven languages: opening, material and closing sentence."""

from random import Random

from emulators.demo.vocabulary import SPRAS

ONE_SIZE = "OS"
"""Size label of goods in one size."""

SIZE_WORDS: dict[str, dict[str, str]] = {
    ONE_SIZE: {
        "en": "One size",
        "de": "Einheitsgröße",
        "fr": "Taille unique",
        "pl": "Rozmiar uniwersalny",
        "sv": "En storlek",
        "hu": "Egy méret",
        "es": "Talla única",
    }
}
"""Size labels that are words and so need translating; all others read the same everywhere."""

# Sentences by division and part; one line of a table is one language (as in SPRAS), the
# alternatives are parted by "|" and stand in the same order in every language.
_SENTENCES = {
    ("10", "opening"): """
Made for the first kilometre and the last.|Steady on the road, sure on the trail.|An everyday companion for training.
Gemacht für den ersten und den letzten Kilometer.|Ruhig auf der Straße, sicher auf dem Trail.|Ein täglicher Begleiter im Training.
Pensé pour le premier kilomètre comme pour le dernier.|Stable sur route, sûr en sentier.|Un compagnon quotidien à l'entraînement.
Na pierwszy i na ostatni kilometr.|Stabilność na asfalcie, pewność w terenie.|Codzienny towarzysz treningu.
För både den första och den sista kilometern.|Stadig på vägen, säker på stigen.|En vardagskamrat på träningen.
Az első és az utolsó kilométerre is.|Stabil az úton, biztos a terepen.|Mindennapi társ az edzésen.
Para el primer kilómetro y para el último.|Estable en la carretera, segura en el sendero.|Compañía diaria en el entrenamiento.""",
    ("10", "material"): """
The engineered mesh lets air through and keeps its shape.|A foam midsole cushions every landing.|The outsole uses partly recycled rubber.
Das technische Mesh lässt Luft durch und bleibt in Form.|Die Schaumstoff-Zwischensohle dämpft jeden Schritt.|Die Laufsohle besteht zum Teil aus recyceltem Gummi.
Le mesh technique laisse passer l'air et garde sa forme.|La semelle intermédiaire en mousse amortit chaque foulée.|La semelle extérieure contient du caoutchouc recyclé.
Techniczna siatka przepuszcza powietrze i trzyma kształt.|Piankowa podeszwa środkowa amortyzuje każdy krok.|Podeszwa zawiera gumę z recyklingu.
Teknisk mesh släpper igenom luft och behåller formen.|Mellansula i skum dämpar varje steg.|Yttersulan innehåller återvunnet gummi.
A műszaki háló átengedi a levegőt és megtartja a formáját.|A habosított köztes talp minden lépést tompít.|A járótalp részben újrahasznosított gumiból készül.
La malla técnica deja pasar el aire y conserva la forma.|La entresuela de espuma amortigua cada pisada.|La suela contiene caucho reciclado.""",
    ("20", "opening"): """
Cut for free movement, whatever the training plan says.|Light on the skin from warm-up to cool-down.|Works on the pitch and on the way home.
Geschnitten für volle Bewegungsfreiheit, was auch im Trainingsplan steht.|Leicht auf der Haut, vom Aufwärmen bis zum Auslaufen.|Passt auf den Platz und auf den Heimweg.
Une coupe qui libère le mouvement, quel que soit le programme.|Léger sur la peau, de l'échauffement au retour au calme.|Aussi à l'aise sur le terrain que sur le chemin du retour.
Krój, który daje pełną swobodę ruchu.|Lekkość na skórze od rozgrzewki po rozciąganie.|Sprawdza się na boisku i w drodze do domu.
Skuren för fri rörelse, vad träningsplanen än säger.|Lätt mot huden från uppvärmning till nedvarvning.|Fungerar på planen och på vägen hem.
Szabása teljes mozgásszabadságot ad.|Könnyű viselet a bemelegítéstől a nyújtásig.|A pályán és hazafelé is jól mutat.
Un corte que deja moverse con libertad, sea cual sea el plan.|Ligereza sobre la piel, del calentamiento a los estiramientos.|Sirve en la cancha y de camino a casa.""",
    ("20", "material"): """
Recycled polyester carries moisture away quickly.|Organic cotton with a little elastane keeps it soft.|Flat seams avoid chafing.
Recyceltes Polyester leitet Feuchtigkeit schnell ab.|Bio-Baumwolle mit etwas Elasthan hält es weich.|Flache Nähte verhindern Reibung.
Le polyester recyclé évacue vite l'humidité.|Du coton bio et un peu d'élasthanne pour la douceur.|Les coutures plates évitent les frottements.
Poliester z recyklingu szybko odprowadza wilgoć.|Bawełna organiczna z elastanem zapewnia miękkość.|Płaskie szwy zapobiegają otarciom.
Återvunnen polyester transporterar snabbt bort fukt.|Ekologisk bomull med lite elastan ger mjukhet.|Platta sömmar förhindrar skav.
Az újrahasznosított poliészter gyorsan elvezeti a nedvességet.|Biopamut kevés elasztánnal a puhaságért.|A lapos varrások nem dörzsölnek.
El poliéster reciclado evacúa rápido la humedad.|Algodón orgánico con algo de elastano para mayor suavidad.|Las costuras planas evitan rozaduras.""",
    ("30", "opening"): """
The small thing that makes the session better.|Ready for every training day.|Simple, useful, built to last.
Die Kleinigkeit, die das Training besser macht.|Bereit für jeden Trainingstag.|Einfach, nützlich, langlebig.
Le petit plus qui améliore la séance.|Toujours prêt pour l'entraînement.|Simple, utile et fait pour durer.
Drobiazg, dzięki któremu trening jest lepszy.|Na każdy dzień treningu.|Proste, praktyczne i trwałe.
Den lilla detaljen som gör passet bättre.|Redo för varje träningsdag.|Enkel, praktisk och gjord för att hålla.
Apróság, amellyel jobb az edzés.|Minden edzésnapra készen.|Egyszerű, hasznos és tartós.
El pequeño detalle que mejora la sesión.|A punto para cada día de entrenamiento.|Sencillo, práctico y hecho para durar.""",
    ("30", "material"): """
Reinforced where wear is greatest.|Made partly from recycled material.|The finish sheds dirt and light rain.
Verstärkt, wo die Belastung am größten ist.|Teilweise aus recyceltem Material gefertigt.|Die Oberfläche weist Schmutz und leichten Regen ab.
Renforcé aux points d'usure.|Fabriqué en partie à partir de matières recyclées.|La finition repousse la saleté et la pluie légère.
Wzmocnienia w najbardziej narażonych miejscach.|Częściowo z materiałów z recyklingu.|Wykończenie odpycha brud i lekki deszcz.
Förstärkt där slitaget är som störst.|Delvis tillverkad av återvunnet material.|Ytan stöter bort smuts och lätt regn.
Megerősítve a leginkább igénybe vett helyeken.|Részben újrahasznosított anyagból készül.|A felület taszítja a szennyeződést és az enyhe esőt.
Reforzado donde más se desgasta.|Hecho en parte con materiales reciclados.|El acabado repele la suciedad y la lluvia ligera.""",
    ("all", "closing"): """
The logo stays discreet.|Reflective details help in the dark.|Designed in Europe.
Das Logo bleibt dezent.|Reflektierende Details helfen im Dunkeln.|In Europa entworfen.
Le logo reste discret.|Des détails réfléchissants pour la nuit.|Dessiné en Europe.
Dyskretne logo.|Odblaskowe detale pomagają po zmroku.|Zaprojektowano w Europie.
Logotypen är diskret.|Reflekterande detaljer hjälper i mörkret.|Formgiven i Europa.
A logó visszafogott.|A fényvisszaverő részletek sötétben is segítenek.|Európában tervezve.
El logotipo es discreto.|Los detalles reflectantes ayudan en la oscuridad.|Diseñado en Europa.""",
}

_TABLES: dict[tuple[str, str], dict[str, list[str]]] = {
    key: {
        language: line.split("|")
        for language, line in zip(SPRAS, table.strip().splitlines(), strict=True)
    }
    for key, table in _SENTENCES.items()
}


def describe(rng: Random, division: str) -> dict[str, str]:
    """A description of two or three sentences, the same ones in each language."""
    parts = [_TABLES[division, "opening"], _TABLES[division, "material"]]
    if rng.random() < 0.6:
        parts.append(_TABLES["all", "closing"])
    chosen = [(table, rng.randrange(len(table["en"]))) for table in parts]
    return {
        language: " ".join(table[language][index] for table, index in chosen) for language in SPRAS
    }
