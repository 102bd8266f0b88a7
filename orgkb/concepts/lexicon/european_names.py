"""Words of German and the Romance languages that names of things do not begin with, hold or end in."""

from __future__ import annotations

from orgkb.concepts.lexicon.words import accents_left_out, word_set

QUESTIONS = accents_left_out(
    """
    cómo cuándo dónde quién quiénes cuál cuáles qué cuánto cuánta cuántos
    comment pourquoi combien quel quelle quels quelles lequel
    perché quali quale quanto quanti
    porquê quais qual
    como come
    wie warum wieso weshalb wozu wofür wann wo woher wohin was wer wem wen welche welcher welches wieviel
    """
) - {"que", "quien"}
"""What questions begin with."""
PREPOSITIONS = accents_left_out(
    """
    en para con sin según hacia hasta desde durante mediante contra ante bajo tras sobre entre
    dans pour avec sans sous chez vers selon lors depuis pendant
    nel nella nello nei nelle negli nell per con senza verso secondo dal dalla dallo dai dalle sul sulla tra fra
    em com sem pelo pela pelos pelas até
    im in bei beim mit ohne für gegen über unter zwischen vom zum zur aus nach auf durch
    """
)
"""What says where, when or for what, and begins no name."""
OF = word_set("de d von van da di della del do du")
"""Prepositions that names of people begin with: `De Morgan`."""
RELATIVES = accents_left_out(
    """
    que quien cuyo cuya cuyos cuyas donde cuando es son está están fue era hay tiene tienen puede pueden debe deben
    qui dont où quand est sont était ont peut peuvent doit
    che cui dove è sono era ha hanno può possono viene
    quem cujo cuja é são foi tem têm pode podem
    ist sind war wird werden hat haben kann können muss dass weil wenn
    """
) - {"e", "a", "ou", "te"}
"""What makes a clause of the words around it."""
INDEFINITE = word_set("un una unos unas une uno um uma uns umas eines einer einem einen")
"""Articles that stand inside of no term, but inside of titles on a thing: `Struttura di un frame`."""
OR = word_set("o ou oder od u ó")
AND = word_set("y e et und ed")
LOOSE = accents_left_out(
    """
    entonces siempre nunca jamás también además aunque mientras mediante través cada cualquier cualquiera cualesquiera ambos ambas mismo
    misma mismos mismas primero primera primer segunda tercer tercero tercera cuarta último última siguiente siguientes anterior anteriores mayor
    menor mejor peor mucho mucha muchos muchas poco poca pocos algún alguno alguna algunos algunas ningún ninguna ninguno varios varias
    diferente diferentes distinto distintos distintas gran grande grandes nuevo nueva nuevos nuevas así solo solamente luego ahora
    aquí allí dentro fuera antes después menos tan tanto cuanto cuya cuyo dado dada dados sea sean tal tales bien mal casi ya aún todavía
    incluso demás debe deben hace hacen tiene tienen usa usan permite permiten puede podemos vamos veremos veces
    qualquer quaisquer ambos mesmo mesma mesmos mesmas primeiro primeira segundo terceiro próximo próxima seguinte seguintes maior melhor muito muita
    muitos muitas pouco algum alguma alguns nenhum nenhuma vários várias novo nova novos assim somente apenas agora aqui depois durante então
    nunca porém portanto logo ainda já seja sejam onde
    chaque quelque quelques plusieurs certain certaine certains certaines premier première deuxième second seconde dernier dernière suivant
    suivante suivants précédent prochain toujours jamais souvent ainsi alors donc encore déjà ici beaucoup peu assez trop différent
    différents différente différentes grand petit petite nouveau nouvelle soit voici voilà cependant pourtant seulement tel telle tels telles lorsque
    ogni qualche qualsiasi qualunque alcuni alcune vario vari varie diverso diversi diverse stesso stessa stessi stesse prima secondo seconda
    terzo terza ultimo ultima seguente seguenti precedente precedenti maggiore minore migliore molto molta molti molte poco pochi tanto sempre
    mai spesso così quindi allora ora qui già ancora solo soltanto nuovo nuova nuovi attraverso assieme mentre durante dopo inoltre infatti ovvero
    cioè poiché più può ciò però tramite rispettivamente tutto tutta
    somit daher dadurch folglich demnach zudem außerdem allerdings ferner hierbei hierzu dazu sonst ansonsten zuerst zunächst anschließend
    schließlich typischerweise beispielsweise normalerweise insbesondere generell grundsätzlich zusätzlich dann nun jetzt hier dort also
    damit dabei deshalb jedoch jeweils jeder jede jedes mehrere verschiedene folgende weitere andere einige viele beide
    """
)
"""Words that say how, when or which, and are no noun."""
GENERAL = accents_left_out(
    """
    básico básica básicos básicas general generales clásico clásica clásicos principal principales previo previos previa previas clave claves
    général générale généraux générales principaux principales préalable préalables
    generale generali principale principali preliminare preliminari
    geral gerais principais prévio prévios
    allgemeine allgemeiner allgemeines wichtige wichtigste
    """
)
"""What says of labels only that they are such: `Característica básica`."""
PARTS = accents_left_out(
    """
    característica características concepto conceptos principio principios idea ideas definición definiciones propiedad propiedades noción nociones
    principe principes concept concepts notion notions idée idées définition définitions propriété propriétés caractéristique caractéristiques
    principi concetto concetti nozione nozioni definizione definizioni proprietà caratteristica caratteristiche idee
    conceito conceitos princípio princípios noção noções definição definições propriedade propriedades
    grundlage begriff begriffe eigenschaft eigenschaften definitionen idee ideen prinzip prinzipien
    """
)
"""What notes call the parts that tell of a thing."""
WHICH = accents_left_out(
    """
    cada cualquier otro otra otros otras mismo misma mismos mismas ese esa este esta tal varios varias algunos algunas diferentes distintos
    qualquer outro outra outros outras mesmo mesma mesmos mesmas esse essa vários várias alguns algumas nova novo
    chaque autre autres même mêmes tel telle plusieurs différents différentes nouveau nouvelle
    ogni altro altra altri altre stesso stessa stessi stesse quale tale alcuni alcune diversi diverse vari varie nuovo nuova
    jede jeder jedes andere verschiedene mehrere einige weitere beliebte folgende typische wichtige
    """
)
"""Words that say which one, and begin no name."""
COUNTED = accents_left_out(
    """
    paso regla caso tema clase capítulo lección unidad ejercicio ejemplo parte fase semana sesión enfoque tipo día pregunta problema
    étape règle cas thème chapitre leçon unité exercice exemple partie phase semaine séance exo jour question
    passo regola capitolo lezione unità esercizio esempio fase settimana giorno domanda
    regra capítulo lição unidade exercício exemplo aula semana etapa dia questão bimestre semestre
    schritt regel fall thema kapitel lektion einheit aufgabe beispiel teil phase woche sitzung tag frage stufe typ übung blatt satz lemma
    """
)
"""What notes count, as they count their own parts: `Schritt 2`."""
TOPIC_HEADS = accents_left_out(
    """
    importancia importancias importance importanza importância bedeutung
    wahl berechnung aufbau beschreibung bestimmung anpassung verbindung verwendung anwendung herleitung vergleich unterschied unterschiede
    vorteile nachteile beispiele eigenschaften arten wiederholung einführung grundlagen
    desventajas ventajas diferencia diferencias relación características comparación usos ejemplos introducción requisitos descripción
    différence différences utilisation description principe principes limites rappel rappels introduction caractéristiques
    differenza differenze relazione vantaggi svantaggi caratteristiche uso esempi introduzione descrizione calcolo componenti
    diferença diferenças vantagens desvantagens características exemplos introdução comparação
    """
)
"""What a title tells of the thing behind `of`: `Wahl der Verteilung`, `Desventajas de la espera`."""
LABELS = accents_left_out(
    """
    vorwissen ausnahme ausnahmen wichtig achtung merke hintergrund wiederholung voraussetzungen stichworte formell informell intuition
    importante atención recordatorio antecedentes pendiente pendientes requisitos
    important attention rappel rappels prérequis vocabulaire
    attenzione nota promemoria ricorda
    atenção lembrete importante pendente
    """
)
"""Labels of parts of notes and of remarks."""
