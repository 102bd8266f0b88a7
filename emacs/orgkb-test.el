;;; orgkb-test.el --- Tests of orgkb.el  -*- lexical-binding: t; -*-

;; Copyright (c) the orgkb authors
;; SPDX-License-Identifier: MIT

;;; Commentary:

;; tests/test_emacs.py runs them, and the compiler and checkdoc, in one Emacs.
;;
;; A small shell script stands for the program: it writes down its arguments
;; and prints what the real one would.

;;; Code:

(require 'ert)
(require 'org-protocol)
(require 'orgkb)

(defconst orgkb-test-notes "\
#+TITLE: Pods
* TODO [#A] Pods, *the* [[https://example.org][units]] [1/2] :k8s:
A pod is the smallest unit.
* Other
Here the pod is named again.

# Local Variables:
# eval: (setq orgkb-test-evil t)
# End:
")

(defconst orgkb-test-graph "\
{\"concepts\": [{\"id\": \"p1\", \"name\": \"pod\", \"aliases\": [\"под\"],
  \"definitions\": [{\"text\": \"the smallest unit\", \"file\": \"a.org\", \"line\": 3}]}],
 \"mentions\": [{\"concept\": \"pod\", \"file\": \"a.org\", \"line\": 5, \"col\": 10, \"text\": \"pod\"},
              {\"concept\": \"pod\", \"file\": \"a.org\", \"line\": 3, \"col\": 3, \"text\": \"pod\"}],
 \"relations\": [{\"source\": \"p1\", \"label\": \"runs on\", \"target\": \"Big Node\", \"file\": \"a.org\", \"line\": 3}]}")

(defvar orgkb-test-evil nil "Set if a local variable of the notes is evaluated.")

(defmacro orgkb-test-with-notes (&rest body)
  "Run BODY in a folder with a.org and a program that stands for orgkb.
The variable `folder' is that folder."
  (declare (indent 0) (debug t))
  `(let* ((folder (file-name-as-directory (make-temp-file "orgkb notes" t)))
          (program (expand-file-name "fake orgkb" folder))
          (orgkb-command (list program "--first"))
          (orgkb-notes-directories (list folder))
          (orgkb--graphs (make-hash-table :test #'equal))
          (orgkb-test-evil nil)
          (enable-local-variables :safe))
     (unwind-protect
         (progn
           (with-temp-file (expand-file-name "a.org" folder)
             (insert orgkb-test-notes))
           (with-temp-file (expand-file-name "graph.json" folder)
             (insert orgkb-test-graph))
           (with-temp-file program
             (insert "#!/bin/sh\n"
                     "printf '%s\\n' \"$@\" >> arguments\n"
                     "case \"$*\" in *graph*) cat graph.json;;\n"
                     "*) echo 'a.org:5:10: warning: broken link [broken-link]'; exit 1;; esac\n"))
           (set-file-modes program #o755)
           ,@body)
       (dolist (buffer (buffer-list))
         (when (and (buffer-file-name buffer) (string-prefix-p folder (buffer-file-name buffer)))
           (with-current-buffer buffer (set-buffer-modified-p nil))
           (kill-buffer buffer)))
       (delete-directory folder t))))

(defun orgkb-test-open (folder)
  "Visit a.org in FOLDER."
  (find-file (expand-file-name "a.org" folder))
  (goto-char (point-min)))

(defun orgkb-test-wait (buffer)
  "Wait until the program of BUFFER has ended."
  (with-timeout (20 (error "The program does not end"))
    (while (process-live-p (get-buffer-process buffer))
      (accept-process-output nil 0.05)))
  ;; What the process sentinel does comes after its last output.
  (accept-process-output nil 0.1))

(defun orgkb-test-arguments (folder)
  "The arguments that the program in FOLDER was called with."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "arguments" folder))
    (split-string (buffer-string) "\n" t)))

(ert-deftest orgkb-test-build-runs-the-program-and-its-messages-lead-to-the-notes ()
  (orgkb-test-with-notes
    (orgkb-test-open folder)
    (let ((buffer (orgkb-build '("anki" "pdf"))))
      (orgkb-test-wait buffer)
      (should (equal (orgkb-test-arguments folder)
                     '("--first" "build" "./a.org" "--output" "output" "--to" "anki,pdf")))
      (with-current-buffer buffer
        (should (derived-mode-p 'orgkb-compilation-mode))
        (goto-char (point-min))
        (compilation-next-error 1)
        (should (looking-at "a\\.org:5:10: warning:"))
        (save-window-excursion
          (compile-goto-error)
          (should (equal (buffer-name) "a.org"))
          (should (looking-at "pod is named")))))
    (should-not orgkb-test-evil)))

(ert-deftest orgkb-test-names-with-signs-of-the-shell-are-only-names ()
  (orgkb-test-with-notes
    (let ((name "b $(touch hacked) 'x';.org"))
      (copy-file (expand-file-name "a.org" folder) (expand-file-name name folder))
      (find-file (expand-file-name name folder))
      (orgkb-test-wait (orgkb-check))
      (should (member (concat "./" name) (orgkb-test-arguments folder)))
      (should-not (file-exists-p (expand-file-name "hacked" folder))))))

(ert-deftest orgkb-test-whole-folder-and-options-come-from-the-menu ()
  (orgkb-test-with-notes
    (orgkb-test-open folder)
    (cl-letf (((symbol-function 'transient-args) (lambda (_prefix) '("--to=anki,map" "folder" "--force"))))
      (orgkb-test-wait (orgkb-menu-build))
      (orgkb-test-wait (orgkb-menu-check)))
    (should (equal (orgkb-test-arguments folder)
                   '("--first" "build" "." "--output" "output" "--to" "anki,map" "--force"
                     "--first" "check" "." "--verbose")))
    (should (commandp 'orgkb-export))))

(ert-deftest orgkb-test-the-dispatcher-of-org-runs-the-program-and-evaluates-nothing ()
  (orgkb-test-with-notes
    (orgkb-test-open folder)
    (let* ((menu (org-export-backend-menu (org-export-get-backend 'orgkb)))
           (entry (assq ?p (nth 2 menu))))
      (should (equal (nth 0 menu) ?K))
      (funcall (nth 2 entry) nil nil nil nil)
      (orgkb-test-wait "*orgkb*")
      (should (equal (last (orgkb-test-arguments folder)) '("pdf"))))))

(ert-deftest orgkb-test-explain-shows-what-the-notes-say ()
  (orgkb-test-with-notes
    (orgkb-test-open folder)
    (search-forward "A p")
    (save-window-excursion
      (orgkb-explain)
      (with-current-buffer "*orgkb explain*"
        (let ((text (buffer-string)))
          (should (string-match-p "pod  (под)" text))
          (should (string-match-p "a\\.org:3  the smallest unit" text))
          (should (string-match-p "pod → runs on → Big Node" text)))
        (goto-char (point-min))
        (forward-button 1)
        (push-button)
        (should (equal (buffer-name (window-buffer)) "a.org"))
        (should (equal (with-current-buffer "a.org" (line-number-at-pos)) 3))))
    (should-error (orgkb-explain "no such term") :type 'user-error)))

(ert-deftest orgkb-test-next-and-previous-concept ()
  (orgkb-test-with-notes
    (orgkb-test-open folder)
    (orgkb-next-concept)
    (should (looking-at "pod is the smallest"))
    (orgkb-next-concept)
    (should (looking-at "pod is named"))
    (should-error (orgkb-next-concept) :type 'user-error)
    (orgkb-previous-concept)
    (should (looking-at "pod is the smallest"))
    ;; The notes did not change: the program ran once.
    (should (equal (length (orgkb-test-arguments folder)) 4))))

(ert-deftest orgkb-test-a-link-of-a-card-opens-its-heading ()
  (orgkb-test-with-notes
    (should-not (orgkb-open-place '(:file "a.org" :search "*Pods, the units")))
    (with-current-buffer (window-buffer)
      (should (equal (buffer-name) "a.org"))
      (should (looking-at "\\* TODO \\[#A\\] Pods"))
      (should-not orgkb-test-evil)
      (orgkb-open-place '(:file "a.org" :search "pod is\nnamed"))
      (should (looking-at "pod is named"))
      (orgkb-open-place '(:file "a.org" :search "*Gone"))
      (should (bobp))
      (orgkb-open-place '(:file "a.org" :line "4"))
      (should (looking-at "\\* Other"))
      (dolist (odd '("0" "-1" "4)" "" "999999999999"))
        (orgkb-open-place (list :file "a.org" :line odd))
        (should (bobp))))))

(ert-deftest orgkb-test-review-and-server-get-the-notes ()
  (orgkb-test-with-notes
    (orgkb-test-open folder)
    (dolist (call '((orgkb-review "review" "./a.org")
                    (orgkb-apply-review "review" "." "--apply")
                    (orgkb-serve "serve" "./a.org" "--port" "0" "--open" "--output" "output")))
      (orgkb-test-wait (funcall (car call)))
      (should (equal (last (orgkb-test-arguments folder) (length (cdr call))) (cdr call)))
      (switch-to-buffer (find-buffer-visiting (expand-file-name "a.org" folder))))))

(ert-deftest orgkb-test-links-reach-org-files-of-the-notes-only ()
  (orgkb-test-with-notes
    (let ((sub (expand-file-name "sub/" folder)))
      (make-directory sub)
      (let ((orgkb-notes-directories (list sub)))
        (write-region "" nil (expand-file-name "b.org" sub))
        (should (orgkb--find-note "b.org"))
        (make-symbolic-link (expand-file-name "a.org" folder) (expand-file-name "link.org" sub))
        (dolist (name (list "../a.org" (expand-file-name "a.org" folder) "link.org" "b.txt" "x\n.org"
                            "/ssh:host:b.org" "" nil "b.org/../b.org"))
          (should-not (orgkb--find-note name)))))))

(ert-deftest orgkb-test-the-protocol-mode-registers-the-handler-once ()
  (let ((org-protocol-protocol-alist nil))
    (orgkb-protocol-mode 1)
    (orgkb-protocol-mode 1)
    (should (equal (length org-protocol-protocol-alist) 1))
    (orgkb-test-with-notes
      (let ((orgkb-notes-directories (list folder)))
        (org-protocol-check-filename-for-protocol
         "/x/org-protocol:/orgkb?file=a.org&search=%2AOther" (list (cons "x" nil)) nil)
        (with-current-buffer (window-buffer)
          (should (looking-at "\\* Other")))))
    (orgkb-protocol-mode -1)
    (should-not org-protocol-protocol-alist)))

(ert-deftest orgkb-test-the-newest-map-and-handout-are-opened ()
  (orgkb-test-with-notes
    (orgkb-test-open folder)
    (should-error (orgkb-open-map) :type 'user-error)
    (dolist (name '("map/overview.svg" "pdf/old.pdf" "pdf/new.pdf"))
      (let ((file (expand-file-name (concat "output/" name) folder)))
        (make-directory (file-name-directory file) t)
        (write-region "" nil file)))
    (set-file-times (expand-file-name "output/pdf/old.pdf" folder) '(1000 0))
    (let (opened)
      (cl-letf (((symbol-function 'browse-url-of-file) (lambda (file) (push (file-name-nondirectory file) opened))))
        (orgkb-open-map)
        (orgkb-open-pdf)
        (write-region "" nil (expand-file-name "output/map/map.html" folder))
        (orgkb-open-map))
      (should (equal opened '("map.html" "new.pdf" "overview.svg"))))))

(ert-deftest orgkb-test-other-buffers-are-refused ()
  (with-temp-buffer
    (should-error (orgkb-build) :type 'user-error)))

(provide 'orgkb-test)
;;; orgkb-test.el ends here
