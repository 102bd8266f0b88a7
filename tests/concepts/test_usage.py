"""How words are used where they stand: which of them are no mentions of the concepts that they spell."""

from __future__ import annotations

import pytest

from orgkb.concepts.usage import (
    begins_name,
    ends_name,
    is_argument,
    is_inside_name,
    is_kind_of,
    is_verb_here,
    qualifies,
)
from tests.concepts.build_from import graph


@pytest.mark.parametrize(
    ("text", "word", "verb"),
    [
        ("used to model the tides", "model", True),
        ("it can cluster points", "cluster", True),
        ("The tool samples the stream", "samples", True),
        ("sensitive to sample size", "sample", False),
        ("with regard to model size", "model", False),
        ("a model the team made", "model", False),
    ],
)
def test_what_is_mostly_a_noun_is_the_verb_where_its_place_tells_so(text: str, word: str, verb: bool) -> None:
    start = text.index(word)
    assert is_verb_here(text, start, start + len(word)) is verb


def mentioned(text: str, name: str) -> list[str]:
    found = graph(text)
    (only,) = [c for c in found.concepts if c.name == name]
    return [m.text for m in found.mentions if m.concept == only.id]


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("resources used to process large queries", True),
        ("We map the keys to values.", True),
        ("you can release it", True),
        ("it is able to process requests", True),
        ("the process runs", False),
        ("leads from view to process models", False),
        ("attach to process 12", False),
        ("a map of the site", False),
        ("they map", False),
        ("Process the queue", True),
        ("Process of the queue", False),
        ("It is late. Process a request", True),
        ("the kubelet and the cache process the queue", False),
        ("a function to process credentials", True),
        ("access to process memory", False),
        ("from node to process groups", False),
        ("they do not process it", True),
        ("data will always process", True),
        ("does not process pods", True),
        ("read and process the queue", True),
        ("in a single process the queue grows", False),
        ("you can manually process requests", True),
        ("only process groups", False),
        ("a driver that processes a queue", True),
        ("the driver processes the queue", True),
        ("of all processes the first", False),
        ("counts many processes the user starts", False),
        ("100 processes each second", False),
        ("two processes the user starts", False),
    ],
)
def test_a_verb_is_no_mention_of_the_thing_that_has_its_spelling(text: str, verb: bool) -> None:
    word = next(word for word in ("processes", "process", "map", "release", "Process") if word in text)
    start = text.index(word)
    assert is_verb_here(text, start, start + len(word)) is verb


@pytest.mark.parametrize(
    ("text", "word", "inside"),
    [
        ("REST is Representational State Transfer.", "State", True),
        ("see the Interplanetary File System", "File", True),
        ("The Pod Security admission", "Pod", False),
        ("The State Department", "State", False),
        ("uses Simple Emacs Spreadsheet", "Emacs", False),
        ("the Kubernetes Service", "Service", False),
        ("Moscow State university", "State", False),
        ("the File System", "File", False),
    ],
)
def test_a_word_amid_a_longer_name_is_a_part_of_that(text: str, word: str, inside: bool) -> None:
    start = text.index(word)
    assert is_inside_name(text, start, start + len(word)) is inside


def test_verbs_are_not_linked() -> None:
    text = "- process :: a program that runs\n\nA shell is used to process large files.  Each process has an id.\n"
    assert mentioned(text, "process") == ["process", "process"]


def test_a_quality_that_is_a_title_is_not_every_use_of_the_adjective() -> None:
    text = (
        "* Goals\n- *Relevant* - has to do with what we want\n- *Вера* - доверие\n\n"
        "Tell the relevant people.  RELEVANT and Relevant goals come first.\n"
    )
    assert mentioned(text, "Relevant") == ["Relevant", "RELEVANT", "Relevant"]


def test_a_quality_in_small_letters_is_meant_in_small_letters() -> None:
    text = "- *idempotent* - may be done twice\n\nAn idempotent request.\n"
    assert mentioned(text, "idempotent") == ["idempotent", "idempotent"]


def test_protocols_inside_tls_are_not_those_without() -> None:
    text = "- POP3 :: protocol to fetch mail\n- Port 995 :: also known as POP3S\n- HTTP :: protocol of the web\n\nUse HTTPS, not HTTP.\n"
    assert mentioned(text, "POP3") == ["POP3"]
    assert mentioned(text, "HTTP") == ["HTTP", "HTTP"]


def test_plurals_of_acronyms_are_still_the_acronym() -> None:
    assert mentioned("- API :: an interface of programs\n\nMany APIs.\n", "API") == ["API", "APIs"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("colour", "- *colour* - quality of light\n\nTwo colors, one colour.\n", ["colour", "colors", "colour"]),
        ("gray level", "- *gray level* - a tone\n\nMany grey levels.\n", ["gray level", "grey levels"]),
        ("fiber", "- *fiber* - a thread of glass\n\nFibres are thin.\n", ["fiber", "Fibres"]),
        ("master node", "- *master node* - a machine\n\nThe master node rests.  Two mster nodes work.\n",
         ["master node", "master node", "mster nodes"]),
    ],
)  # fmt: skip
def test_short_words_have_other_spellings_too(name: str, text: str, expected: list[str]) -> None:
    assert mentioned(text, name) == expected


def test_short_words_that_are_right_are_no_slips() -> None:
    text = "- *master* - a machine\n- *stater* - a coin\n\nThe master works, the mater rests, the etcdx of masters.\n"
    assert mentioned(text, "master") == ["master", "master", "masters"]


def test_set_phrases_are_no_mentions() -> None:
    text = "- default :: the value that is taken\n\nIt is on by default.  The default is 3.  Take it in order to win.\n"
    assert mentioned(text, "default") == ["default", "default"]


def test_another_sense_of_a_coined_name_may_be_an_acronym() -> None:
    text = (
        "* Web\n- *POST* - request that changes things on a server\nSend a POST.\n"
        "* Chain\n- Proof of Space and Time (PoST) :: consensus by storage of plots\nIt needs PoST, they post.\n"
    )
    found = graph(text)
    assert sorted((m.concept, m.text) for m in found.mentions if m.text.lower() == "post") == [
        ("post", "POST"),
        ("post", "POST"),
        ("proof-of-space-and-time", "PoST"),
        ("proof-of-space-and-time", "PoST"),
    ]


def test_a_word_of_every_day_is_not_what_a_name_in_capitals_means() -> None:
    text = (
        "* Shell\n- HOME :: variable that holds the path of your own folder\n"
        "* Phone\n- home - folder of all that the application keeps\n* Day\nGo home.  At home nothing is set.\n"
    )
    assert [m.text for m in graph(text).mentions if m.text.lower() == "home"] == ["HOME", "home"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "ZeRO",
            "- ZeRO - an optimizer that shards its state\n\nThe count is zero.  ZeRO saves memory.\n",
            ["ZeRO", "ZeRO"],
        ),
        ("GloVe", "- *GloVe* - vectors of words\n\nA glove fits.  Two gloves.  GloVe learns.\n", ["GloVe", "GloVe"]),
        ("LaTeX", "- *LaTeX* - a typesetting system\n\nWrite latex or LaTeX.\n", ["LaTeX", "latex", "LaTeX"]),
    ],
)
def test_a_coined_name_is_not_the_common_word_in_it(name: str, text: str, expected: list[str]) -> None:
    assert mentioned(text, name) == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("isa", "- *isa* - tells whether a value has a type\n\nThis is a test.  Call isa here, isa\nthere.\n", ["isa", "isa", "isa"]),
        ("filename", "- *filename* - what a file is called\n\nEach file name and filename.\n",
         ["filename", "file name", "filename"]),
        ("lookup", "- *lookup* - the search in a table\n\nLook up a word.  A look-up.\n", ["lookup", "Look up", "look-up"]),
        ("followup", "- *followup* - a second visit\n\nA follow-up, then.\n", ["followup", "follow-up"]),
        ("VSCode", "- *VSCode* - an editor\n\nIn VS Code, VSCode.\n", ["VSCode", "VS Code", "VSCode"]),
        ("groupby", "- *groupby* - parts by key\n\nIn SQL GROUP BY; they group by it.\n", ["groupby", "GROUP BY"]),
    ],
)  # fmt: skip
def test_words_that_only_join_to_a_name_are_none(name: str, text: str, expected: list[str]) -> None:
    assert mentioned(text, name) == expected


def test_a_plural_name_is_not_the_small_word_that_is_its_singular() -> None:
    text = "- overs :: sets of six balls\n\nThey walk over the field.  All overs are over.\n"
    assert mentioned(text, "over") == ["overs", "overs"]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("Command", ("- Command :: The command pattern is used to hold a request.\n\nType a command.  A Command holds it; "
         "see the command pattern.\n"), ["Command", "command pattern", "Command", "command pattern"]),
        ("Command", "- Command :: The command is what users type.\n\nType a command.\n", ["Command", "command", "command"]),
        ("kubelet", "- kubelet :: The kubelet agent runs on nodes.\n\nA kubelet.\n", ["kubelet", "kubelet", "kubelet"]),
    ],
)  # fmt: skip
def test_a_name_that_its_definition_makes_longer_is_no_everyday_word(name: str, text: str, expected: list[str]) -> None:
    assert mentioned(text, name) == expected


def test_a_translation_of_an_everyday_word_is_not_what_the_definition_makes_of_it() -> None:
    text = (
        "- Command :: The command pattern is used to hold a request.\n- pod :: группа контейнеров\n\n"
        "Наша команда пишет код.  See the command pattern.\n"
    )
    assert mentioned(text, "Command") == ["Command", "command pattern", "command pattern"]
    (command,) = [c for c in graph(text).concepts if c.name == "Command"]
    assert [(alias.surface, alias.kind.value) for alias in command.aliases] == [("command pattern", "variant")]


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("print", "- print(*values, sep=' ') :: writes them to a file\n\nWe print it, and =print= does.  A print.\n", ["print", "print"]),
        ("__file__", "*__file__* - path of the module\n\nOpen a file, then another file.\n", ["__file__"]),
        ("precision", "- precision(P) :: how many of the results are right\n\nThe precision falls.\n",
         ["precision", "precision"]),
        ("filter", "- filter (network) :: what lets some packets pass\n\nThe filter is slow.\n", ["filter", "filter"]),
        ("RUN", "- RUN pip install # into the image\n- COPY a b # to it\n\nEach RUN makes a layer, and so does RUN.\n", ["RUN"] * 3),
        ("include", "- =include= :: files to take in\n\nFiles include others.  Set =include= there.\n", ["include", "include"]),
    ],
)  # fmt: skip
def test_what_is_typed_is_not_the_everyday_word(name: str, text: str, expected: list[str]) -> None:
    found = graph(text)
    (only,) = [c for c in (*found.concepts, *found.dropped) if c.name == name]
    assert [m.text for m in found.mentions if m.concept == only.id][: len(expected) + 1] == expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        # another thing than what the word behind the prefix means
        ("linear", "- *linear* - along a line\n\nA linear part.  A non-linear one.\n", ["linear", "linear"]),
        # verbs that no list has
        ("sculpt", "- *sculpt* - a carved figure\n\nIt is used to sculpt the head.  Their sculpt.\n", ["sculpt", "sculpt"]),
        # what only counts
        ("collection", "- *collection* - rows of one kind\n\nA collection of rules.  The collection is large.\n",
         ["collection", "collection"]),
    ],
)  # fmt: skip
def test_a_word_in_another_role_is_no_mention(name: str, text: str, expected: list[str]) -> None:
    assert mentioned(text, name) == expected


@pytest.mark.parametrize(
    ("text", "word", "begins"),
    [
        ("runs on Apache Tarn, too", "Apache", True),
        ("(see Harbour Ledger)", "Harbour", True),
        ("the Harbour Overview", "Harbour", False),
        ("the Harbour Operating guide", "Harbour", False),
        ("the harbour Ledger", "harbour", False),
        ("in Harbour the ships", "Harbour", False),
        ("the Harbour FULL flag", "Harbour", False),
        ("with Harbour Ledger.open()", "Harbour", False),
    ],
)
def test_a_name_may_only_begin_that_of_another_thing(text: str, word: str, begins: bool) -> None:
    start = text.index(word)
    assert begins_name(text, start, start + len(word)) is begins


@pytest.mark.parametrize(
    ("text", "word", "ends"),
    [
        ("boot Zorvak Linux from a stick", "Linux", True),
        ("Zorvak Linux is small", "Linux", True),
        ("start Linux", "Linux", False),
        ("Start Linux", "Linux", False),
        ("Offical Linux images", "Linux", False),
        ("the Zorvak harbour", "harbour", False),
        ("the Zorvak Harbour", "Harbour", False),
    ],
)
def test_a_product_behind_a_coined_word_is_another_product(text: str, word: str, ends: bool) -> None:
    start = text.index(word)
    assert ends_name(text, start, start + len(word)) is ends


@pytest.mark.parametrize(
    ("text", "word", "argument"),
    [
        ("- drain(basin)  empties it", "basin", True),
        ("flow = drain(basin) * 2", "basin", True),
        ("it calls drain(basin, pump=1)", "basin", True),
        ("do { } while(basin);", "basin", True),
        ("the lowest part of a lock(basin)", "basin", False),
        ("the lock (basin)", "basin", False),
        ("- the lock(basin part) is deep", "basin", False),
        ("- lock(Basin)", "Basin", False),
        ("harbour -> lockSide(basin)-> sea", "basin", False),
        ("{'basin': 3}", "basin", True),
        ("the 'basin' is full", "basin", False),
    ],
)
def test_what_stands_for_a_value_in_code_is_no_mention(text: str, word: str, argument: bool) -> None:
    start = text.index(word)
    assert is_argument(text, start, start + len(word)) is argument


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        # what the notes name besides
        ("Harbour", "- Harbour :: where ships lie\n- API :: what programs call\n\nThe Harbour API, then Harbour Ledger.\n",
         ["Harbour", "Harbour"]),
        # markup ends the name
        ("Facade", "* Patterns\n- *Facade* - hides many parts\n\n*Facade* Provide one way in.\n", ["Facade", "Facade"]),
        ("basin", "- basin :: holds water\n\nThe basin is full.\n\n- drain(basin) empties it\n", ["basin", "basin"]),
        # commands
        ("register", "- *register* - a place to keep text\n\nKey r runs copy-to-register, and g calls text-move-to-register-now.\n",
         ["register"]),
        ("port", "- *port* - where ships lie\n\nA port-to-port passage.\n", ["port", "port", "port"]),
        ("object", "- *object* - a value with an identity\n\nAn object-oriented way; object-level rules.\n", ["object", "object"]),
        # orders and what is done, behind the dash too
        ("call", "- *call* - a jump to a function\n- C-c :: keys\n\nSet it up - Call the old one first.  One call.\n",
         ["call", "call"]),
        ("display", "- *display* - a screen\n\nwho: Displays users.  Two displays.\n", ["display", "displays"]),
        ("match", "- *match* - a place that fits\n\nUse it - match another line.  Matches with gaps.\n", ["match", "Matches"]),
        ("process", "- *process* - a running program\n\nThe daemon: process that runs.\n", ["process", "process"]),
    ],
)  # fmt: skip
def test_half_names_commands_and_orders_are_no_mentions(name: str, text: str, expected: list[str]) -> None:
    assert mentioned(text, name) == expected


@pytest.mark.parametrize(
    ("text", "word", "qualifying"),
    [
        ("the next value of it", "next", True),
        ("give the full path", "full", True),
        ("Simple lookups", "Simple", True),
        ("a NEXT item", "NEXT", False),
        ("next is what follows", "next", False),
        ("use next, then last", "next", False),
        ("the next", "next", False),
        ("a sparse path", "sparse", False),
    ],
)
def test_an_everyday_adjective_before_a_noun_is_no_mention(text: str, word: str, qualifying: bool) -> None:
    start = text.index(word)
    assert qualifies(text, start, start + len(word)) is qualifying


@pytest.mark.parametrize(
    ("text", "word", "kind"),
    [
        ("rises above the strike price", "price", True),
        ("futures markets are large", "markets", True),
        ("the price rises", "price", False),
        ("the best price", "price", False),
        ("a normal price", "price", False),
        ("they give prices", "prices", False),
        ("the strike, price and more", "price", False),
        ("a harbour bollard", "bollard", False),
    ],
)
def test_an_everyday_word_behind_a_noun_is_another_term(text: str, word: str, kind: bool) -> None:
    start = text.index(word)
    assert is_kind_of(text, start, start + len(word)) is kind


def test_news_are_not_what_is_new() -> None:
    assert mentioned("- *news* - what happened\n\nA new day.  Old news.\n", "news") == ["news", "news"]
