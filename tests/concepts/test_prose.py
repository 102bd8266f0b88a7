"""Commands, configuration and program output are no prose; what explains them is."""

from __future__ import annotations

import pytest

from orgkb.concepts.text import MASK
from tests.concepts.build_from import reading


def prose(text: str) -> str:
    return " ".join(reading(text).blocks[-1].prose.replace(MASK, " ").split())


@pytest.mark.parametrize(
    ("line", "rest"),
    [
        ("docker run -it image bash - starts a container", "- starts a container"),
        ("kubectl get pods # lists the pods", "# lists the pods"),
        ("$ make image", ""),
        ("sudo apt-get install docker", ""),
        ("find . -name pod", ""),
        ("myprogram --container pod", ""),
        ("configmap - kubectl -n aml get configmap -o yaml", "configmap -"),
        ("docker is a container engine", "docker is a container engine"),
        ("find the container in the list of pods", "find the container in the list of pods"),
        ("etcd keeps the state in /var/lib/etcd", "etcd keeps the state in /var/lib/etcd"),
    ],
)
def test_commands_are_masked_and_their_explanation_is_not(line: str, rest: str) -> None:
    assert prose(line + "\n") == rest


def test_configuration_is_masked() -> None:
    assert prose("service:\n  one:\n    image: nginx\n    networks: internal\n") == ""


def test_columns_of_output_are_masked() -> None:
    assert prose("NAME       CLUSTER-IP   PORT(S)         AGE\n") == ""


def test_command_words_are_learnt_from_shell_blocks() -> None:
    text = "#+begin_src sh\nfrobnicate --all pods\n#+end_src\n\nfrobnicate pods\n"
    assert prose(text) == ""
    assert prose("frobnicate pods\n") == "frobnicate pods"
