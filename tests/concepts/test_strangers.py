"""Labels, lists of sources, properties and other languages: what notes of any subject have and is no concept."""

from __future__ import annotations

import pytest

from orgkb.concepts import topics
from orgkb.concepts.lexicon import european
from tests.concepts.build_from import graph


def kept(text: str) -> set[str]:
    return {c.name for c in graph(text).concepts}


def test_authors_and_titles_in_a_list_of_sources_are_no_concepts() -> None:
    text = (
        "* Abstract machines\n- *closure* - a pair of code and an environment\n"
        "* References\n- Milos Radovanovic, Mirjana Ivanovic, An Implementation of Lispkit in Java, Novi Sad\n"
        "** Articles\n- Revisited by Serge Bronstein and Nathan Jacobson for Springer\n"
    )
    assert kept(text) <= {"closure", "Abstract machine"}
    russian = (
        "* Деревья\n- *куча* - двоичное дерево\n* Литература\n- Data Structures and Algorithms, Mark Weiss, Pearson\n"
    )
    assert "куча" in kept(russian)
    assert not {"Mark Weiss", "Pearson", "Data Structures", "Algorithms"} & kept(russian)


def test_resources_are_a_list_of_sources_only_where_they_link_outside() -> None:
    links = "* Resources\n- [[https://a.org][Mach and L4 at Savannah]]\n- [[https://b.org][Hurd by Debian]]\n"
    assert not kept(links)
    objects = "* Resources\nThe API server has them, as have Podman, Nomad and CRI-O.\n"
    assert {"Podman", "Nomad"} <= kept(objects)


def test_what_a_list_of_sources_defines_is_a_concept() -> None:
    assert "Krew" in kept("* Links\n- Krew :: plugin manager, https://krew.dev\n- [[https://c.org][Site]]\n")


def test_adjectives_that_a_list_explains_are_properties() -> None:
    text = "* Morality\nMorality is:\n- Impartial :: the rules hold for all alike\n- Informal :: there are no judges\n"
    assert not {"Impartial", "Informal"} & kept(text)


@pytest.mark.parametrize("name", ["Idempotent", "virtual", "immutable", "variable", "Accountability"])
def test_terms_that_look_like_adjectives_stay(name: str) -> None:
    assert name in kept(f"* Terms\n- {name} :: what the notes on it explain at length\n")


def test_a_label_of_several_sections_is_no_concept() -> None:
    text = "".join(f"** Part {c}\n- *Strategy:* steer the {c} trade to the home port\n" for c in "ABC")
    assert "Strategy" not in kept(f"* Trade\n{text}")
    assert "Strategy" in kept(
        "* Patterns\n- *Strategy:* lets the algorithm vary apart from its clients\n- *Facade:* one face\n"
    )
    russian = "".join(f"** Часть {c}\n- *Назначение порта:* принимать запросы службы {c}\n" for c in "АБВ")
    assert "Назначение порта" not in kept(f"* Порты\n{russian}")


@pytest.mark.parametrize("name", ["Richest end node", "Second richest", "Best regions"])
def test_what_ranks_things_names_none(name: str) -> None:
    assert name not in kept(f"* Venice\n- {name} — all of the sea trade feeds it\n- Lagoon — shallow water\n")


@pytest.mark.parametrize("name", ["Shortest path", "Best practice", "Greatest common divisor"])
def test_terms_with_a_superlative_stay(name: str) -> None:
    assert name in kept(f"* Graphs\n- {name} - what is looked for between two nodes of a graph\n")


def test_a_symbol_before_a_name_is_not_part_of_it() -> None:
    text = "* Registers\n- =s= stack :: holds intermediate results\n- =-v= verbose :: more output\n- =d= dump :: old registers\n"
    assert {"stack", "dump"} <= kept(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Die Pflanzen nehmen das Wasser auf und geben es an die Luft ab, wenn es warm ist und der Tag lang."),
        ("fr", "La lave est du magma qui a perdu ses gaz, et le volcan est dans la mer avec des plages pour les gens."),
        (
            "es",
            "La distancia entre dos puntos es un número que no es negativo y que se asocia con una pareja de ellos.",
        ),
        ("", "The pod is a group of containers that are run on a node, and it has an address for all of them in it."),
        ("", "Под это группа контейнеров, которые работают на одном узле и делят la сеть."),
        ("", "docker run la de die"),
    ],
)
def test_languages_are_told_apart(language: str, text: str) -> None:
    words = [word.strip(".,") for word in text.lower().split()]
    assert european.language(words) == language


_GERMAN = """* Einleitung
Die Fotosynthese ist ein Vorgang, bei dem die Pflanzen das Licht in den Chloroplasten nutzen. Das Wasser wird in der
Zelle gespalten, und der Sauerstoff wird von den Pflanzen an die Luft abgegeben.
* Aufbau der Chloroplasten
- Stroma :: die Grundsubstanz im Inneren
- *Grana*: Stapel von Thylakoiden
Hier wird das Licht von der ATP-Synthase genutzt, um das ATP zu bilden.
* Beispiele
Die Pflanzen nutzen das Licht.
"""


def test_german_nouns_are_no_names_because_of_their_capitals() -> None:
    found = kept(_GERMAN)
    assert {"Stroma", "Grana"} <= found
    assert not {"Wasser", "Sauerstoff", "Zelle", "Luft", "Einleitung", "Beispiele", "Aufbau der Chloroplasten"} & found


def test_french_words_are_no_names_because_english_has_them_not() -> None:
    text = (
        "* Magma\nLe magma est une roche fondue dans la terre. Les gaz sont dissous avant une éruption.\n"
        "* Lave\nAvant une éruption, la pression est forte. Les laves sont fluides ou elles ne le sont pas.\n"
        "* Types d'éruptions\n- Éruption effusive :: la lave est fluide avant tout\n"
        "* Exemples\nLe Piton de la Fournaise est un volcan. Avant lui, il y avait un autre volcan dans la mer.\n"
    )
    found = kept(text)
    assert {"Éruption effusive", "Magma", "Lave"} & found
    assert not {"avant", "Avant", "Exemples", "Types d'éruptions", "Fournaise"} & found


def test_titles_that_tell_what_of_a_thing_they_are_about() -> None:
    assert not {"Value of Privacy", "Focus Areas"} & kept("* Value of Privacy\nSome text.\n* Focus Areas\nMore text.\n")
    assert topics.is_topic("Value of Privacy")
    assert topics.is_topic("Structure d'un volcan")
    assert not topics.is_topic("Point of sale")
    assert not topics.is_topic("Théorème de Pythagore")


def test_whom_notes_quote_is_no_concept() -> None:
    text = (
        "* Contracts\nIn his classic work Hobbes believes that we surrender freedoms. Some critics, such as Pojman (2006), see "
        "only a minimal morality, and so does Rawls et al. in what they say of it.\n"
    )
    assert not {"Hobbes", "Pojman", "Rawls"} & kept(text)
    russian = (
        "* Теорема\nВ своей работе Савич доказал, что память растёт как квадрат, через systemd это не запустить.\n"
    )
    assert not {"Савич"} & kept(russian)
    assert "Podman" in kept("* Tools\nImages are built with Podman and run with Nomad, as Google claimed in 2019.\n")


def test_what_is_called_after_somebody_is_one_name() -> None:
    text = (
        "* Codes\nBecause the Hamming code is linear, a matrix gives it. The Hamming code corrects one bit.\n"
        "* Series\nWe look at the formal Laurent series and use Monte Carlo algorithms for Gaussian integers.\n"
    )
    found = kept(text)
    assert {"Hamming code", "Laurent series"} <= found
    assert not {"Hamming", "Laurent", "Gaussian", "Carlo algorithms"} & found


def test_what_stands_alone_is_called_after_nobody() -> None:
    text = "* Tools\nWe use Podman here. A Podman network is made by Podman alone, and Podman removes it.\n"
    assert kept(text) == {"Podman"}


def test_a_section_that_opens_with_a_noun_defines_its_title() -> None:
    text = "* Process\nA program in execution. It has an address space.\n* Pipe\nA sort of pseudofile that connects two processes.\n"
    assert {"Process", "Pipe"} <= kept(text)
    assert not kept("* Deployment\nA good way of doing this is to wait for the night.\n")


def test_a_bold_phrase_after_an_article_is_a_name_whatever_its_first_word() -> None:
    assert "process table" in kept("* Kernel\nAll of it is stored in the *process table*, an array.\n")
    assert not kept("* Kernel\nAfter that *process tables* and *run it again* as before.\n")


def test_instructions_that_a_list_shows() -> None:
    text = "* Dockerfile\n- COPY a.conf . # to the current directory\n- RUN pip install x # runs at build time\n- EXPOSE 80\n"
    assert {"COPY", "RUN"} <= kept(text)
    assert not {"NOTE", "TODO"} & kept("* Plan\n- NOTE that this is #1\n- TODO write it\n")


def test_labels_and_notes_before_a_sentence_of_its_own_define_nothing() -> None:
    assert "Data Types" not in kept("* Spec\n** Data Types\n| integer | int32 |\n")
    text = "* Docker\nfoobaring - The Docker image is at the root of the hierarchy.\n\nlibfoo - a library for images\n"
    assert "foobaring" not in kept(text)
    assert "libfoo" in kept(text)
    text = "* Features\n- storage orchestration (local storage, public cloud, etc)\n- self-healing (restarts what has failed)\n- bin packing (puts work where room is left)\n"
    assert "storage orchestration" not in kept(text)
    assert "bin packing" in kept(text)


def test_adverbs_name_nothing() -> None:
    text = "* Volumes\n- dynamically - made when a claim asks for one\n- statically - made beforehand by somebody\n"
    assert not {"dynamically", "statically"} & kept(text)
    assert "assembly" in kept("* Parts\n- *assembly* - parts that are put together\n- *family* - a group of types\n")


def test_numbered_labels_of_any_language_name_nothing() -> None:
    assert not kept(
        "* Ejemplo 1\nUn espacio discreto.\n* Пример 2\nДругое пространство.\n* Beispiel 3\nNoch ein Raum.\n"
    )


def test_a_long_form_in_the_case_of_its_sentence_is_shown_by_its_acronym() -> None:
    found = kept("* FPGA\nЭто разновидность программируемой логической интегральной схемы (ПЛИС) для разных задач.\n")
    assert "ПЛИС" in found
    nominative = "* FPGA\nЭто программируемая пользователем вентильная матрица (ППВМ), её логика меняется.\n"
    assert "программируемая пользователем вентильная матрица" in kept(nominative)
    assert "Объект передачи данных" in kept("* DTO\nОбъект передачи данных (ОПД) носит поля.\n")


TERSE_FRENCH = (
    "* Cibles\n- la paroi des bactéries, les glycopeptides et la vancomycine\n- la quinolone inhibe la synthèse\n"
    "* Notes\n- sulfamide inhibe la croissance de la paroi\n- résistance à toutes les quinolones, bactérie gram+\n"
    "* Suite\n- mécanisme : inhibe la paroi, toutes les quinolones, bactérie gram+\n- toutes les cyclines, bactérie gram -\n"
)


def test_terse_notes_tell_their_language_too() -> None:
    words = ("mur paroi germe dose " * 18 + "le la les des dans pour par sur sous avec sans entre").split()
    assert european.language(words) == "fr"
    assert european.language([*words, "the"]) == ""


def test_verbs_and_articles_of_french_notes_are_no_concepts() -> None:
    names = kept(TERSE_FRENCH)
    assert not {"inhibe", "toutes les", "bactérie gram"} & names
    assert "paroi" in names


def test_a_noun_that_ends_a_title_of_two_belongs_to_both() -> None:
    assert "Bit" not in kept("* Bit and Baud Rate\nA bit is told by its rate.\n* Line\nEach bit takes time.\n")
    assert {"Docker", "Container Runtime"} <= kept("* Docker and Container Runtime\nDocker runs.\n* On\nDocker here.\n")


def test_a_name_with_two_letters_after_a_slash_is_one() -> None:
    names = kept("* CSMA/CA\nThe station waits.\n")
    assert "CSMA/CA" in names
    assert not {"CSMA", "CA"} & names
    assert {"PV", "PVC"} <= kept("* PV/PVC\nThe PV is bound.\n* More\nA PVC asks for a PV.\n")


def test_tables_and_columns_of_an_example_are_no_concepts() -> None:
    text = "* Bank\nWe have:\n- branch (_bname_, city)\n- account (_ano_, *bname*, bal)\n- loan (_lno_, *bname*, amt)\n"
    assert not {"account", "loan", "bname", "branch"} & kept(text)
    assert "macvlan" in kept(
        "* Networks\n- macvlan (physical addresses for containers)\n- host (no isolation at all)\n"
    )
