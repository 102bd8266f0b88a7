"""Which files notes may make us read."""

import os
import sys
import threading
import unicodedata
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from orgkb.org.paths import Found, NoSuchFile, OutsideRoot, read_inside, resolve_inside


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """An input folder with a secret beside it."""
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "key").write_text("secret")
    folder = tmp_path / "notes"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.png").write_bytes(b"picture")
    (folder / "sub" / "b.txt").write_bytes(b"below")
    return folder


def test_a_file_beside_the_notes_is_found(root: Path) -> None:
    assert resolve_inside(root, root, "a.png") == (root / "a.png").resolve()
    assert resolve_inside(root, root, "./sub/b.txt") == (root / "sub" / "b.txt").resolve()
    assert read_inside(root, root, "sub/b.txt", 100) == b"below"


def test_a_path_counts_from_the_folder_of_its_file(root: Path) -> None:
    assert read_inside(root, root / "sub", "b.txt", 100) == b"below"
    assert read_inside(root, root / "sub", "../a.png", 100) == b"picture"


def test_an_absolute_path_into_the_folder_is_allowed(root: Path) -> None:
    assert read_inside(root, root / "sub", str(root / "a.png"), 100) == b"picture"


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "//etc/passwd",
        "../secret.txt",
        "sub/../../secret.txt",
        "./../notes/../secret.txt",
        "..",
        "../private/key",
        "/proc/self/environ",
        "/dev/stdin",
    ],
)
def test_nothing_outside_the_folder_is_read(root: Path, path: str) -> None:
    with pytest.raises(OutsideRoot, match="outside the input folder"):
        resolve_inside(root, root, path)
    with pytest.raises(OutsideRoot):
        read_inside(root, root, path, 100)


def test_what_is_outside_is_not_even_looked_at(root: Path) -> None:
    with pytest.raises(OutsideRoot, match="outside") as there:
        resolve_inside(root, root, "../secret.txt")
    with pytest.raises(OutsideRoot, match="outside") as missing:
        resolve_inside(root, root, "../no-such-file.txt")
    assert str(there.value) == str(missing.value)


@pytest.mark.parametrize("path", ["~/.ssh/id_rsa", "~", "~root/x", "", "  ", "a\0.png", "a\n.png", "\x1b[31m"])
def test_what_is_no_plain_path_is_refused(root: Path, path: str) -> None:
    with pytest.raises(OutsideRoot):
        resolve_inside(root, root, path)


def test_environment_variables_are_not_expanded(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ORGKB_TEST", str(root / "a.png"))
    for path in ("$ORGKB_TEST", "${ORGKB_TEST}", "%ORGKB_TEST%"):
        with pytest.raises(NoSuchFile):
            resolve_inside(root, root, path)


def test_a_link_out_of_the_folder_is_refused(root: Path) -> None:
    (root / "file-link").symlink_to(root.parent / "secret.txt")
    (root / "folder-link").symlink_to(root.parent / "private")
    (root / "sub" / "relative").symlink_to("../../secret.txt")
    (root / "chain").symlink_to("file-link")
    for path in ("file-link", "folder-link/key", "sub/relative", "chain"):
        with pytest.raises(OutsideRoot, match="symbolic link"):
            read_inside(root, root, path, 100)


def test_a_link_inside_the_folder_is_followed(root: Path) -> None:
    (root / "sub" / "again").symlink_to("../a.png")
    assert read_inside(root, root, "sub/again", 100) == b"picture"


def test_the_folder_itself_may_be_reached_by_a_link(root: Path) -> None:
    alias = root.parent / "alias"
    alias.symlink_to(root)
    assert read_inside(alias, alias / "sub", "../a.png", 100) == b"picture"
    assert read_inside(alias, alias, str(root / "a.png"), 100) == b"picture"


def test_a_circle_of_links_is_refused(root: Path) -> None:
    (root / "x").symlink_to("y")
    (root / "y").symlink_to("x")
    with pytest.raises(OutsideRoot):
        resolve_inside(root, root, "x")


def test_two_dots_after_a_link_go_up_by_name_as_in_emacs(root: Path) -> None:
    (root / "link").symlink_to(root / "sub")
    assert resolve_inside(root, root, "link/../a.png") == (root / "a.png").resolve()


def test_a_folder_is_no_file(root: Path) -> None:
    for path in ("sub", ".", "sub/"):
        with pytest.raises(OutsideRoot, match="regular file"):
            resolve_inside(root, root, path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_named_pipe_is_refused_without_waiting(root: Path) -> None:
    os.mkfifo(root / "pipe")
    outcome: list[BaseException] = []

    def read() -> None:
        try:
            read_inside(root, root, "pipe", 100)
        except OutsideRoot as error:
            outcome.append(error)

    thread = threading.Thread(target=read, daemon=True)
    thread.start()
    thread.join(5)
    assert not thread.is_alive()
    assert len(outcome) == 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_file_exchanged_for_a_pipe_after_the_check_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(root / "pipe")
    real = (root / "pipe").resolve()
    monkeypatch.setattr("orgkb.org.paths.resolve_inside", lambda *_: real)
    with pytest.raises(OutsideRoot, match="regular file"):
        read_inside(root, root, "pipe", 100)


@pytest.mark.skipif(os.open not in os.supports_dir_fd, reason="this system cannot open below a folder handle")
def test_a_folder_exchanged_for_a_link_after_the_check_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (root / "swap").symlink_to(root.parent / "private")
    wanted = root.resolve() / "swap" / "key"
    monkeypatch.setattr("orgkb.org.paths.find_inside", lambda *_: Found("swap/key", wanted))
    with pytest.raises(OutsideRoot, match="cannot be opened"):
        read_inside(root, root, "swap/key", 100)


def test_a_large_file_is_refused_with_its_limit(root: Path) -> None:
    (root / "big").write_bytes(b"x" * 101)
    with pytest.raises(OutsideRoot, match="larger than 100 bytes"):
        read_inside(root, root, "big", 100)
    assert len(read_inside(root, root, "big", 101)) == 101


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="this user may read everything")
def test_an_unreadable_file_is_refused(root: Path) -> None:
    (root / "a.png").chmod(0)
    with pytest.raises(OutsideRoot):
        read_inside(root, root, "a.png", 100)


def test_a_missing_file_says_so(root: Path) -> None:
    for path in ("no.png", "a.png/x", "sub/no/../no.txt"):
        with pytest.raises(NoSuchFile, match="no such file"):
            resolve_inside(root, root, path)


def test_a_very_long_name_is_refused(root: Path) -> None:
    with pytest.raises(OutsideRoot):
        resolve_inside(root, root, "x" * 100_000)


def test_a_name_is_found_in_either_unicode_composition(root: Path) -> None:
    name = "схема-й-ё.png"
    (root / unicodedata.normalize("NFD", name)).write_bytes(b"decomposed")
    assert read_inside(root, root, unicodedata.normalize("NFC", name), 100) == b"decomposed"


def test_a_percent_encoded_name_is_found_and_checked_like_any_other(root: Path) -> None:
    (root / "a pod.png").write_bytes(b"pod")
    (root / "50%25.png").write_bytes(b"literal")
    assert read_inside(root, root, "a%20pod.png", 100) == b"pod"
    assert read_inside(root, root, "50%25.png", 100) == b"literal"
    for path in ("..%2Fsecret.txt", "%2Fetc%2Fpasswd", "%2e%2e/secret.txt", "%7E/x", "a%00.png"):
        with pytest.raises(OutsideRoot):
            read_inside(root, root, path, 100)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from(["..", ".", "sub", "a.png", "out", "loop", "secret.txt", "~", "%2e%2e", "/", "private", "key"])
        | st.text(max_size=4),
        max_size=6,
    )
)
def test_no_path_whatever_leads_outside(root: Path, parts: list[str]) -> None:
    if not (root / "out").is_symlink():
        (root / "out").symlink_to(root.parent)
        (root / "loop").symlink_to("loop")
    for base in (root, root / "sub"):
        try:
            found = resolve_inside(root, base, "/".join(parts))
        except OutsideRoot:
            continue
        assert found.is_relative_to(root.resolve())
        assert found == found.resolve()
        assert found.read_bytes() in {b"picture", b"below"}
