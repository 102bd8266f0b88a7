"""Which acronym belongs to which words."""

from __future__ import annotations

import pytest

from orgkb.concepts import acronyms


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("CRI", "Container Runtime Interface"),
        ("PV", "persistent volume"),
        ("RBAC", "role-based access control"),
        ("K8S", "kubernetes"),
        ("i18n", "internationalization"),
        ("OCI", "Open Container Initiative"),
        ("CRD", "CustomResourceDefinition"),
        ("HPA", "Horizontal Pod Autoscaler"),
        ("ВМ", "виртуальная машина"),
        ("JWT", "JSON Web Token"),
        ("PVC", "PV claims"),
        ("cgroup", "control group"),
        ("kOps", "Kubernetes Operations"),
    ],
)
def test_acronyms_are_known_by_their_letters(short: str, long: str) -> None:
    assert acronyms.abbreviates(short, long)


@pytest.mark.parametrize(
    ("short", "long"), [("CRI", "container runtime"), ("PV", "pod"), ("API", "an interface"), ("OK", "Docker images")]
)
def test_other_letters_are_no_acronyms(short: str, long: str) -> None:
    assert not acronyms.abbreviates(short, long)
