"""The Emacs package: compiled without a warning, documented by Emacs' rules, and its own tests."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "emacs"
EMACS = shutil.which("emacs")
STEPS = """
(progn
  (setq byte-compile-error-on-warn t load-prefer-newer t)
  (add-to-list 'load-path default-directory)
  (require 'checkdoc)
  (dolist (file '("orgkb.el" "orgkb-test.el"))
    (princ (format "compiled %s: %s\\n" file (byte-compile-file file)))
    (checkdoc-file file))
  (princ "checked\\n")
  (dolist (folder (file-expand-wildcards "/usr/share/emacs/site-lisp/elpa/*"))
    (add-to-list 'load-path folder))
  (if (not (require 'package-lint nil t))
      (princ "no package-lint\\n")
    (with-temp-buffer
      (insert-file-contents "orgkb.el" t)
      (emacs-lisp-mode)
      (dolist (problem (package-lint-buffer))
        (princ (format "lint %S\\n" problem)))))
  (load "orgkb-test.elc")
  (ert-run-tests-batch-and-exit))
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> subprocess.CompletedProcess[str]:
    """One Emacs that does it all."""
    if EMACS is None:
        pytest.skip("no Emacs on the path")
    version = subprocess.run([EMACS, "--version"], capture_output=True, encoding="utf-8", check=True).stdout
    found = re.search(r"(\d+)\.", version)
    if found is None or int(found[1]) < 28:
        pytest.skip("orgkb.el needs Emacs 28")
    folder = tmp_path_factory.mktemp("emacs")
    for file in PACKAGE.glob("*.el"):
        shutil.copy(file, folder)
    command = [EMACS, "--batch", "-Q", "--eval", STEPS]
    return subprocess.run(
        command, cwd=folder, capture_output=True, encoding="utf-8", errors="replace", timeout=120, check=False
    )


def test_it_compiles_without_a_warning(run: subprocess.CompletedProcess[str]) -> None:
    assert run.stdout.startswith("compiled orgkb.el: t\ncompiled orgkb-test.el: t\nchecked\n"), run.stderr
    assert not re.search(r"orgkb(-test)?\.el:\d+:\d+: (?:Error|Warning)", run.stderr), run.stderr


def test_its_documentation_keeps_the_rules_of_emacs(run: subprocess.CompletedProcess[str]) -> None:
    # checkdoc tells file:line: message on stderr
    assert not re.findall(r"^orgkb\S*\.el:\d+: .*$", run.stderr, flags=re.MULTILINE)


def test_it_is_a_package_that_archives_take(run: subprocess.CompletedProcess[str]) -> None:
    if "no package-lint" in run.stdout:
        pytest.skip("package-lint is not installed (elpa-package-lint)")
    # The project has no address yet; older versions of package-lint know no Emacs 28.
    known = ("Homepage or URL header", "uninstallable in all released Emacs versions")
    told = re.findall(r"^lint .*$", run.stdout, flags=re.MULTILINE)
    assert [line for line in told if not any(words in line for words in known)] == []


def test_its_own_tests_pass(run: subprocess.CompletedProcess[str]) -> None:
    ran = re.search(r"Ran (\d+) tests, (\d+) results as expected, 0 unexpected", run.stderr)
    assert ran, run.stderr
    assert ran[1] == ran[2] == str((PACKAGE / "orgkb-test.el").read_text(encoding="utf-8").count("(ert-deftest "))
    assert run.returncode == 0


def test_it_never_evaluates_what_is_in_notes() -> None:
    code = (PACKAGE / "orgkb.el").read_text(encoding="utf-8")
    for call in ("(eval ", "(eval-buffer", "(load ", "org-babel", "org-export-to-", "shell-command", "(read "):
        assert call not in code
