"""German, French, Spanish, Italian and Portuguese word lists: enough to tell a language, its labels and its small words."""

from __future__ import annotations

from collections.abc import Iterable

from orgkb.concepts.lexicon.words import accents_left_out, word_set

SMALL_WORDS = {
    "de": word_set(
        """
        der die das des dem den und oder ist sind war waren wird werden wurde wurden hat haben nicht kein keine ein eine
        einer eines einem einen mit von vom zu zum zur für auf aus bei durch nach über unter zwischen als auch aber dann
        wenn weil dass daß diese dieser dieses sich sie er es man kann können muss müssen im am an in um so nur noch sehr
        mehr viel viele alle aller allen jede jeder jedes jedem hier dort dabei daher damit deshalb jedoch sowie bzw wie was welche
        """
    ),
    "fr": word_set(
        """
        le la les un une des du de et ou est sont était étaient fut ont avait dans pour par sur sous avec sans entre vers
        chez que qui quoi dont où ce cet cette ces il elle ils elles on nous vous se sa son ses leur leurs ne pas plus très
        comme mais donc car si aussi alors quand après avant pendant depuis ainsi être avoir fait peut peuvent doit au aux
        en y tout toute tous toutes même autres autre entre lors puis
        """
    ),
    "es": word_set(
        """
        el la los las un una unos unas de del y o es son era eran fue está están ha han hay en por para con sin sobre entre
        hasta desde que quien cual como cuando donde este esta estos estas ese esa esos se su sus no más muy pero si también
        entonces porque ser al lo le les nos todo toda todos todas puede pueden otro otra otros según
        """
    ),
    "it": word_set(
        """
        il lo la i gli le un uno una di del della dei delle degli e o è sono era ha hanno in nel nella per con su sul tra fra
        da dal dalla che chi cui come quando dove questo questa questi queste si suo sua non più molto ma se anche quindi
        perché essere al alla ai alle tutti tutte può possono altri
        """
    ),
    "pt": word_set(
        """
        o a os as um uma uns umas de do da dos das e ou é são era foi está em no na nos nas por para com sem sobre entre até
        que quem como quando onde este esta estes estas se seu sua não mais muito mas também então porque ser ao à pelo pela
        todo toda todos pode podem outro outra
        """
    ),
}
"""The small words of each language; never a concept, nor the end of one, in notes written in it."""
EVERY_SMALL_WORD: frozenset[str] = frozenset().union(*SMALL_WORDS.values())
"""Those of all these languages."""

_ENGLISH = word_set("the of and is are to in for that with this from by be it on not which can has have was were")


def language(words: Iterable[str]) -> str:
    """The language other than English and Russian that WORDS, in small letters, are written in; empty for none."""
    counts = dict.fromkeys(SMALL_WORDS, 0)
    english = total = 0
    for word in words:
        total += 1
        english += word in _ENGLISH
        for name in _OF.get(word, ()):
            counts[name] += 1
    best = max(counts, key=lambda name: counts[name])
    share = _SHARE if english * _FOREIGN > counts[best] else _TERSE_SHARE
    return best if counts[best] > 2 * english and counts[best] * share >= total and counts[best] >= _LEAST else ""


_OF: dict[str, tuple[str, ...]] = {
    word: tuple(name for name, small in SMALL_WORDS.items() if word in small) for word in sorted(EVERY_SMALL_WORD)
}
_SHARE = 6
"""One of so many words is a small one in whole sentences of a language."""
_TERSE_SHARE = 12
"""The same in terse notes, which leave out small words, where hardly any English one stands beside them."""
_FOREIGN = 20
_LEAST = 12

LEADING_WORDS = word_set(
    """
    le la les un une des du de au aux ce cet cette ces par en à l d son sa ses leur leurs chaque
    el los las unos unas del al una este esta estos estas su sus cada
    il lo i gli uno di della dei delle degli nel nella dal dalla al alla questo questa ogni
    o a os as um uma uns umas do da dos das no na ao pelo pela seu sua cada
    """
)
"""What stands before nouns in the Romance languages, and hardly before verbs and adjectives."""

NEVER_WORDS = accents_left_out(
    """
    einleitung einführung beispiel beispiele zusammenfassung quelle quellen literatur vorteile nachteile bemerkung
    bemerkungen hinweis hinweise aufgabe aufgaben übung übungen frage fragen antwort antworten allgemeines sonstiges
    gegeben frage eingabe ausgabe satz sätze beweis behauptung voraussetzung
    grundbegriffe begriffe sonderfall sonderfälle vorlesung vorlesungen kapitel lernziele bsp
    inhalt inhaltsverzeichnis überblick übersicht ziel ziele anmerkung anmerkungen fazit notizen weblinks
    exemple exemples résumé bibliographie avantages inconvénients remarque remarques exercice exercices réponse réponses
    démonstration preuve
    cours chapitre notions bénéfice bénéfices avantage inconvénient contient permet
    sommaire aperçu objectifs généralités liens divers annexe annexes
    ejemplo ejemplos introducción resumen referencias bibliografía fuentes ventajas desventajas observación observaciones
    demostración dado
    tema temas capítulo apuntes conceptos beneficio beneficios contiene
    ejercicio ejercicios pregunta preguntas respuesta respuestas objetivos motivación conclusiones notas enlaces
    capitolo lezione concetti benefici contiene
    esempio esempi introduzione riassunto riferimenti bibliografia fonti vantaggi svantaggi osservazioni esercizi domande
    aula capítulo conceitos benefícios contém
    exemplo exemplos introdução resumo referências fontes vantagens desvantagens exercícios perguntas conclusão
    """
)
"""Labels of the parts of notes, however they are marked."""

SECTION_WORDS = NEVER_WORDS | accents_left_out(
    """
    eigenschaften arten typen phasen schritte grundlagen aufbau anwendung anwendungen verlauf geschichte definitionen
    einflussfaktoren ursachen folgen symptome behandlung propriétés types étapes étape causes conséquences symptômes
    traitement histoire définition définitions propiedades tipos etapas causas consecuencias historia
    definición definiciones proprietà tipi fasi cause storia definizione definizioni propriedades história definição
    representación restricciones représentation
    """
)
"""What notes call their parts."""

GENERIC_WORDS = word_set(
    """
    richtung anteil lage teil teile art zahl anzahl größe wert werte form fall fälle seite zeit jahr jahre mensch menschen
    weise punkt punkte stelle grund gründe ergebnis problem möglichkeit möglichkeiten bereich unterschied verhältnis
    zusammenhang summe länge breite höhe rolle folge reihe menge gruppe mittel regel schritt stand sinn beginn ende anfang
    hilfe name namen wort bild tabelle abbildung begriff körper änderung aussage
    partie parties type types forme formes cas temps nombre valeur valeurs point points fois façon manière ensemble résultat
    niveau ordre taille groupe groupes côté exemple nom mot moyen début fin année années personne personnes
    parte partes tipo tipos forma formas caso casos tiempo número valor valores punto puntos vez manera conjunto resultado
    nivel orden tamaño grupo grupos lado nombre palabra medio principio año años persona personas
    parti forme casi tempo numero valore valori punto punti volta modo insieme risultato livello ordine gruppo gruppi lato
    nome parola mezzo inizio anno anni persona persone
    ponto pontos resultado nível ordem grupo lado palavra meio início ano anos pessoa pessoas
    categoría categorías mecanismo mecanismos utilización
    catégorie catégories mécanisme utilisation categoria categorie meccanismo utilizzo utilização
    inicio fin final dato datos información aplicación aplicaciones teoría ejemplo idea cosa cosas estudio trabajo uso comunicación comunicaciones
    dado dados informação aplicação aplicações teoria exemplo coisa coisas estudo trabalho
    dati informazione informazioni applicazione applicazioni cosa cose studio lavoro esempio
    donnée données information informations application applications théorie chose choses travail usage
    """
)
"""Everyday nouns, which a text repeats whatever it is about."""

_TOPICS = word_set(
    """
    aufbau struktur arten typen funktion geschichte bedeutung entstehung eigenschaften ursachen folgen verlauf ablauf
    types structure fonction histoire origine rôle causes conséquences propriétés formes étapes
    tipos estructura función historia origen papel causas consecuencias propiedades formas etapas
    tipi struttura funzione storia origine ruolo cause proprietà
    estrutura função história origem consequências propriedades
    """
)
_RELATED = word_set("auf für mit bei zwischen gegen ohne über pour avec sans sur dans entre para con sin sobre tra")
"""What stands in the middle of a title that tells of things: `Operationen auf Sprachen`."""
_LINKING = word_set("der des von vom de du des d del della dei do da dos das di")


def is_topic(words: list[str]) -> bool:
    """Whether a title, its WORDS in small letters, tells what a section is about: `Aufbau der Chloroplasten`."""
    if not _RELATED.isdisjoint(words[1:-1]):
        return True
    if len(words) < 2 or words[0] not in _TOPICS:
        return False
    return words[1] in _LINKING or words[1].startswith(("d'", "l'", "d’", "l’"))
