"""Commands with explanations become cards; prose does not."""

from __future__ import annotations

from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from orgkb.concepts.graph import ConceptGraph
from orgkb.diagnostics import Severity
from orgkb.org.links import LinkIndex
from orgkb.org.reader import parse
from orgkb_exporters.anki import shell
from orgkb_exporters.anki.note_types import COMMAND
from orgkb_exporters.anki.package import read_package
from tests.exporters.anki_notes import Bench


def cards(org: str, bench: Bench | None = None) -> list[dict[str, str]]:
    """The fields of the Command notes of the text ORG."""
    document = parse(org, "/notes/docker.org")
    graph = ConceptGraph((document,), (), (), (), links=LinkIndex((document,)))
    package = (bench or Bench()).build(graph)
    return (
        [dict(zip(COMMAND.fields, note.fields, strict=True)) for note in read_package(package).notes.values()]
        if package
        else []
    )


def asked(org: str) -> list[tuple[str, str]]:
    """(goal, command) of each card, without markup."""
    return [(card["Does"], card["ID"].removeprefix("docker/")) for card in cards(org)]


@pytest.mark.parametrize(
    ("line", "goal", "command"),
    [
        ("- docker ps - containers currently running", "containers currently running", "docker ps"),
        ("- docker pull debian -- download the image", "download the image", "docker pull debian"),
        ("- docker stop $(docker ps -q)  # stop all containers", "stop all containers", "docker stop $(docker ps -q)"),
        ("- =docker run -it debian= - start a shell in a box", "start a shell in a box", "docker run -it debian"),
        ("- sudo rm -r x    - удалить папку со всем", "удалить папку со всем", "sudo rm -r x"),
        (
            ": kubectl api-resources # get all accessible resources",
            "get all accessible resources",
            "kubectl api-resources",
        ),
        ("- rm *.log *.tmp - remove logs and temporary files", "remove logs and temporary files", "rm *.log *.tmp"),
        ("- frob --all - repair all broken gadgets", "repair all broken gadgets", "frob --all"),
    ],
)
def test_a_command_is_asked_for_by_what_it_does(line: str, goal: str, command: str) -> None:
    assert asked(line) == [(goal, command)]


def test_comments_in_shell_code_explain_the_line_or_the_one_below() -> None:
    org = """\
#+begin_src bash
kubectl get pods   # list all the pods
# show what the node does
kubectl describe node \\
  --all

# Get the version of everything
kubectl version --short

# these two belong together
cd /tmp
ls -la
#+end_src
"""
    assert asked(org) == [
        ("list all the pods", "kubectl get pods"),
        ("Get the version of everything", "kubectl version --short"),
    ]


def test_a_short_explanation_takes_the_line_above_with_it() -> None:
    org = """\
remove images:
- docker image prune # dangling
- docker ps - list the containers
  - docker ps -a - stopped ones
"""
    assert asked(org) == [
        ("remove images: dangling", "docker image prune"),
        ("list the containers", "docker ps"),
        ("list the containers: stopped ones", "docker ps -a"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "- docker pull x # image",
        "- docker exec -it box bash - connect to running",
        "- docker run -d box - execute and detach",
        "- docker stop box - stop it and its network",
        "- iptables -P chain target - target must be ACCEPT or DROP",
        "- ntpd -qg - require a correct date",
        "- parted /dev/sda - very important for big disks",
        "- gcc -g part.c -o part - debugging information (-g)",
        "- scrcpy --tcpip=x - default port is 5555",
        "- kill ring - list of blocks of text that were killed",
        "- node classification - determine the label of nodes",
        "- gpg -d key | cryptsetup --key-file - luksOpen /dev/sdb disk",
        "- yum list installed | grep - check if a package is installed",
        "- docker exec 1db047ccc674 bash - open a shell in the box",
        "- docker compose down --volumes # and remove all volumes",
        "- docker import x - creates an image from",
        "- docker ps - docker ps -a",
        "- docker ps - look for the line with your container",
        "- docker ps - the container from the step above",
        "- docker ps - see https://docs.docker.com/",
        "- docker build . - docker build . builds it",
        "- Docker - software that runs containers on a host",
        "- make sure that it works - otherwise call somebody",
        "- go to the house - then come back again",
        "- time - what clocks are for on walls",
        "- find the way out of here - a book by somebody",
    ],
)
def test_what_is_no_command_or_says_too_little_makes_no_card(line: str) -> None:
    assert asked(line) == []


def test_secrets_in_commands_make_no_card() -> None:
    bench = Bench()
    assert cards("- mysql -u root -pSecret99 shop - open the shop database", bench) == []
    assert [(d.severity, d.code) for d in bench.reports] == [(Severity.WARNING, "card-secret")]
    assert "Secret99" not in bench.reports[0].message


def test_placeholders_and_templates_survive_on_the_card() -> None:
    (card,) = cards('- docker rmi <none> && echo "{{.ID}}" - remove images without a tag')
    assert "&lt;none&gt;" in card["Command"]
    assert "{{.ID}}" in unescape(card["Command"])


def test_a_card_asks_in_the_language_of_the_explanation() -> None:
    (card,) = cards("* Контейнеры\n- docker ps -a - все контейнеры на машине")
    assert card["Prompt"] == "Какой командой?"
    assert card["Context"] == "docker › Контейнеры"


def test_only_short_commands_are_to_be_explained() -> None:
    short, long = cards(
        "- docker ps - containers currently running\n- docker run -it --rm -v a:b -p 80:80 x - start the x server"
    )
    assert (short["Both"], long["Both"]) == ("1", "")


def test_one_goal_has_one_command() -> None:
    assert len(asked("- docker ps -a - all containers here\n- docker container ls -a - all containers here")) == 1


def test_command_cards_can_be_switched_off() -> None:
    assert cards("- docker ps - containers currently running", Bench(commands=False)) == []


def test_programs_are_learnt_from_the_notes() -> None:
    assert shell.learnt(shell.called(["frob -a x", "$ frob y", "the frob is nice"])) == {"frob"}
    assert shell.split_line("frob now - repair everything at once", {"frob"}) == (
        "frob now",
        "repair everything at once",
    )


@given(st.text(alphabet="ab -#$|'\"()<>`\n\t"))
def test_any_line_is_split_or_left_alone(line: str) -> None:
    pair = shell.split_line(line)
    assert pair is None or (pair[0] in line and pair[1] in line)
    assert isinstance(shell.commented(line), list)
