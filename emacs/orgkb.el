;;; orgkb.el --- Anki decks, handouts and concept maps of Org notes  -*- lexical-binding: t; -*-

;; Copyright (c) the orgkb authors

;; Author: The orgkb authors
;; Version: 0.1.0
;; Package-Requires: ((emacs "28.1"))
;; Keywords: outlines, hypermedia, text
;; SPDX-License-Identifier: MIT

;; Permission is hereby granted, free of charge, to any person obtaining a copy
;; of this software and associated documentation files (the "Software"), to
;; deal in the Software without restriction, including without limitation the
;; rights to use, copy, modify, merge, publish, distribute, sublicense, and/or
;; sell copies of the Software, and to permit persons to whom the Software is
;; furnished to do so, subject to the following conditions:
;;
;; The above copyright notice and this permission notice shall be included in
;; all copies or substantial portions of the Software.
;;
;; THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR
;; IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY,
;; FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT.  IN NO EVENT SHALL THE
;; AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER
;; LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM,
;; OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE
;; SOFTWARE.

;;; Commentary:

;; The program `orgkb' makes an Anki deck, Markdown, a PDF handout and a
;; concept map of Org notes.  This package runs it from Emacs:
;;
;;   M-x orgkb-export      a menu: what to make, of this file or its folder
;;   C-c C-e K             the same from the menu of Org's exporters
;;   M-x orgkb-check       what is wrong with the notes, to click on
;;   M-x orgkb-explain     what the notes say about the term at point
;;   M-x orgkb-next-concept, orgkb-previous-concept
;;   M-x orgkb-open-map, orgkb-open-pdf, orgkb-serve
;;   M-x orgkb-review      doubtful concepts as questions, orgkb-apply-review
;;
;; With `orgkb-protocol-mode' on, the links on the cards, in the browser and,
;; where they are asked for, on the map and in the PDF open the place in the
;; notes that they were made from, by org-protocol.
;;
;; The notes are read by the program, which runs nothing that is in them.  A
;; file that a link from outside names is opened without its local variables.

;;; Code:

(require 'cl-lib)
(require 'compile)
(require 'json)
(require 'org)
(require 'ox)
(require 'subr-x)
(require 'transient)

(defgroup orgkb nil
  "Anki decks, handouts and concept maps of Org notes."
  :group 'org
  :prefix "orgkb-")

(defcustom orgkb-command '("orgkb")
  "The program orgkb and the arguments that always come first.
With uv in a checkout of orgkb this is (\"uv\" \"run\" \"orgkb\")."
  :type '(repeat string)
  :risky t)

(defcustom orgkb-output-directory "output"
  "Folder for what is made, from the folder of the notes."
  :type 'string)

(defcustom orgkb-notes-directories nil
  "Folders of notes in which links from cards and maps are looked up.
A link names its file below the folder that was exported.  The folders
of Org files that are open are searched after these."
  :type '(repeat directory))

;;; Running the program

(defvar orgkb-compilation-error-regexp-alist
  '(("^\\([^ \n].*?\\):\\([0-9]+\\):\\([0-9]+\\): \\(?:error\\|\\(warning\\)\\|\\(info\\)\\): "
     1 2 3 (4 . 5)))
  "How orgkb tells places: `file:line:column: severity: message'.")

(define-compilation-mode orgkb-compilation-mode "orgkb"
  "Mode for the output of orgkb: its messages lead to the notes.
Columns are counted in characters, as orgkb does."
  (setq-local compilation-error-screen-columns nil)
  (setq-local compilation-first-column 1))

(defun orgkb--run (arguments)
  "Run orgkb with ARGUMENTS in a compilation buffer, and return that buffer."
  (let ((process-environment (append '("NO_COLOR=1" "PYTHONIOENCODING=utf-8") process-environment))
        (coding-system-for-read 'utf-8))
    (compilation-start (mapconcat #'shell-quote-argument (append orgkb-command arguments) " ")
                       #'orgkb-compilation-mode
                       (lambda (_mode) "*orgkb*"))))

(defun orgkb--file ()
  "The Org file of this buffer, saved if the user agrees."
  (let* ((buffer (or (buffer-base-buffer) (current-buffer)))
         (file (buffer-file-name buffer)))
    (unless (and file (with-current-buffer buffer (derived-mode-p 'org-mode)))
      (user-error "This buffer visits no Org file"))
    (when (file-remote-p file)
      (user-error "The program orgkb reads local files only"))
    (when (and (buffer-modified-p buffer)
               (y-or-n-p (format "Save %s first? " (file-name-nondirectory file))))
      (with-current-buffer buffer (save-buffer)))
    file))

(defun orgkb--notes (whole-folder)
  "The path to hand to orgkb: this file, or its folder with WHOLE-FOLDER."
  (let ((file (orgkb--file)))
    (if whole-folder "." (concat "./" (file-name-nondirectory file)))))

(defun orgkb-build (&optional exporters whole-folder &rest options)
  "Export the file of this buffer with EXPORTERS, a list of names.
All exporters that are always made are run where it is nil.  With
WHOLE-FOLDER, which is the prefix argument, all notes of the folder are
exported.  OPTIONS are further arguments of `orgkb build'."
  (interactive (list nil current-prefix-arg))
  (let ((notes (orgkb--notes whole-folder)))
    (orgkb--run (append (list "build" notes "--output" orgkb-output-directory)
                        (when exporters (list "--to" (string-join exporters ",")))
                        options))))

(defun orgkb-check (&optional whole-folder)
  "Report what is wrong with the file of this buffer.
With WHOLE-FOLDER, the prefix argument, look at all notes of its folder."
  (interactive "P")
  (orgkb--run (list "check" (orgkb--notes whole-folder) "--verbose")))

(defun orgkb-review (&optional whole-folder)
  "Write the questions about the file of this buffer to answer, as an Org file.
With WHOLE-FOLDER, the prefix argument, ask about all notes of its folder.
\\[orgkb-apply-review] takes the answers over."
  (interactive "P")
  (orgkb--run (list "review" (orgkb--notes whole-folder))))

(defun orgkb-apply-review ()
  "Take the answers in the review beside this file over into the settings."
  (interactive)
  (orgkb--run (list "review" (orgkb--notes t) "--apply")))

(defun orgkb-serve (&optional whole-folder)
  "Show the file of this buffer in the browser, always as last saved.
With WHOLE-FOLDER, the prefix argument, show all notes of its folder.
Killing the buffer of the program ends it."
  (interactive "P")
  (let ((notes (orgkb--notes whole-folder)))
    (compilation-start
     (mapconcat #'shell-quote-argument
                (append orgkb-command (list "serve" notes "--port" "0" "--open"
                                            "--output" orgkb-output-directory))
                " ")
     #'orgkb-compilation-mode
     (lambda (_mode) "*orgkb serve*"))))

(defun orgkb-doctor ()
  "Show what orgkb needs, and what of it is missing."
  (interactive)
  (orgkb--run '("doctor")))

;;; The menu

(defun orgkb--menu-arguments ()
  "The choices of the menu: (EXPORTERS WHOLE-FOLDER OPTION...)."
  (let* ((arguments (transient-args 'orgkb-export))
         (to (transient-arg-value "--to=" arguments)))
    (cons (and to (split-string to "," t))
          (cons (and (member "folder" arguments) t)
                (cl-remove-if (lambda (argument)
                                (or (equal argument "folder") (string-prefix-p "--to=" argument)))
                              arguments)))))

(defun orgkb-menu-build ()
  "Make the formats that are chosen in the menu."
  (interactive)
  (apply #'orgkb-build (orgkb--menu-arguments)))

(defun orgkb-menu-check ()
  "Check the notes that are chosen in the menu."
  (interactive)
  (orgkb-check (nth 1 (orgkb--menu-arguments))))

(defun orgkb-menu-review ()
  "Ask about the notes that are chosen in the menu."
  (interactive)
  (orgkb-review (nth 1 (orgkb--menu-arguments))))

(defun orgkb-menu-serve ()
  "Show the notes that are chosen in the menu in the browser."
  (interactive)
  (orgkb-serve (nth 1 (orgkb--menu-arguments))))

(transient-define-prefix orgkb-export ()
  "Make decks, pages, handouts and maps of these notes."
  ["What"
   ("t" "formats, with commas" "--to=" :prompt "Formats (anki,markdown,pdf,map,docx…): ")
   ("f" "all notes of this folder" "folder")]
  ["How"
   ("-s" "warnings are errors" "--strict")
   ("-F" "replace files that orgkb did not write" "--force")
   ("-v" "tell everything" "--verbose")]
  [["Do"
    ("e" "export" orgkb-menu-build)
    ("c" "check the notes" orgkb-menu-check)
    ("r" "questions to answer" orgkb-menu-review)
    ("a" "take the answers over" orgkb-apply-review)
    ("d" "doctor" orgkb-doctor)]
   ["Open"
    ("m" "map" orgkb-open-map)
    ("p" "PDF" orgkb-open-pdf)
    ("s" "all in the browser" orgkb-menu-serve)]
   ["Look"
    ("x" "explain the term at point" orgkb-explain)
    ("n" "next concept" orgkb-next-concept)]])

(defun orgkb--dispatched (&rest exporters)
  "A function for the menu of Org's exporters, to run EXPORTERS."
  (lambda (&rest _arguments) (orgkb-build exporters)))

;; The menu runs the program on the saved file: Org's own export, which could
;; evaluate code blocks, is not involved.
(org-export-define-backend 'orgkb nil
  :menu-entry
  `(?K "Export with orgkb"
       ((?a "Anki deck" ,(orgkb--dispatched "anki"))
        (?k "Everything" ,(orgkb--dispatched))
        (?m "Markdown" ,(orgkb--dispatched "markdown"))
        (?p "PDF handout" ,(orgkb--dispatched "pdf"))
        (?c "Concept map" ,(orgkb--dispatched "map"))
        (?o "Options…" ,(lambda (&rest _arguments) (orgkb-export))))))

;;; What was made

(defun orgkb--newest (folder pattern)
  "The newest file below FOLDER of the output whose name matches PATTERN."
  (let* ((output (expand-file-name orgkb-output-directory (file-name-directory (orgkb--file))))
         (place (expand-file-name folder output))
         (files (and (file-directory-p place) (directory-files place t pattern))))
    (unless files
      (user-error "Nothing is there yet: M-x orgkb-export makes it"))
    (car (sort files #'file-newer-than-file-p))))

(defun orgkb-open-map ()
  "Open the concept map of these notes in a browser."
  (interactive)
  (browse-url-of-file
   (condition-case nil
       (orgkb--newest "map" "\\.html\\'")
     (user-error (orgkb--newest "map" "\\.svg\\'")))))

(defun orgkb-open-pdf ()
  "Open the PDF handout of these notes."
  (interactive)
  (browse-url-of-file (orgkb--newest "pdf" "\\.pdf\\'")))

;;; What the notes say

(defvar orgkb--graphs (make-hash-table :test #'equal)
  "Graphs by file: (STAMP . GRAPH).")

(defun orgkb--graph (file)
  "The answer of `orgkb graph --json' about FILE.
It is kept until the file is written anew."
  (let* ((stamp (file-attribute-modification-time (file-attributes file)))
         (known (gethash file orgkb--graphs)))
    (if (and known (equal (car known) stamp))
        (cdr known)
      (message "orgkb reads %s…" (file-name-nondirectory file))
      (let ((graph (orgkb--read-graph file)))
        (message nil)
        (puthash file (cons stamp graph) orgkb--graphs)
        graph))))

(defun orgkb--read-graph (file)
  "Run `orgkb graph --json' on FILE and parse what it prints."
  (let ((errors (make-temp-file "orgkb")))
    (unwind-protect
        (with-temp-buffer
          (let* ((default-directory (file-name-directory file))
                 (coding-system-for-read 'utf-8)
                 (arguments (append (cdr orgkb-command)
                                    (list "graph" "--json" (concat "./" (file-name-nondirectory file)))))
                 (status (apply #'call-process (car orgkb-command) nil (list t errors) nil arguments)))
            (unless (eql status 0)
              (user-error "The program orgkb failed: %s"
                          (with-temp-buffer
                            (insert-file-contents errors)
                            (string-trim (buffer-string)))))
            (goto-char (point-min))
            (let ((json-object-type 'alist) (json-array-type 'list) (json-key-type 'symbol))
              (if (fboundp 'json-parse-buffer)
                  (json-parse-buffer :object-type 'alist :array-type 'list :null-object nil)
                (json-read)))))
      (delete-file errors))))

(defun orgkb--names (concept)
  "All names of CONCEPT."
  (cons (alist-get 'name concept) (alist-get 'aliases concept)))

(defun orgkb--concept (graph name)
  "The concept of GRAPH with NAME, in whatever case."
  (cl-find-if (lambda (concept) (member-ignore-case name (orgkb--names concept)))
              (alist-get 'concepts graph)))

(defun orgkb--concept-at-point (graph)
  "The concept of GRAPH that is mentioned at point, or nil."
  (let* ((line (line-number-at-pos nil t))
         (column (1+ (- (point) (line-beginning-position))))
         (mention (cl-find-if
                   (lambda (mention)
                     (let ((start (alist-get 'col mention)))
                       (and (= line (alist-get 'line mention))
                            (<= start column)
                            (< column (+ start (length (alist-get 'text mention)))))))
                   (alist-get 'mentions graph))))
    (and mention
         (cl-find (alist-get 'concept mention) (alist-get 'concepts graph) :test #'orgkb--refers-p))))

(defun orgkb--refers-p (reference concept)
  "Whether REFERENCE of a mention or relation is the id or name of CONCEPT."
  (member reference (list (alist-get 'id concept) (alist-get 'name concept))))

(defun orgkb-explain (&optional name)
  "Show what the notes in this file say about NAME.
Interactively, NAME is the term at point, or one that is asked for; with a
prefix argument it is always asked for."
  (interactive)
  (let* ((file (orgkb--file))
         (graph (orgkb--graph file))
         (concept (if name
                      (orgkb--concept graph name)
                    (and (not current-prefix-arg) (orgkb--concept-at-point graph)))))
    (unless (or concept name)
      (setq name (completing-read "Explain: "
                                  (mapcan (lambda (each) (copy-sequence (orgkb--names each)))
                                          (alist-get 'concepts graph))
                                  nil t)
            concept (orgkb--concept graph name)))
    (unless concept
      (user-error "The notes in this file do not have the term `%s'" name))
    (orgkb--show-concept concept graph file)))

(defun orgkb--show-concept (concept graph file)
  "Show CONCEPT of GRAPH, which was made from FILE, in a help window."
  (let ((names (make-hash-table :test #'equal)))
    (dolist (each (alist-get 'concepts graph))
      (puthash (alist-get 'id each) (alist-get 'name each) names))
    (with-help-window "*orgkb explain*"
      (with-current-buffer standard-output
        (insert (propertize (alist-get 'name concept) 'face 'bold))
        (when (alist-get 'aliases concept)
          (insert "  (" (string-join (alist-get 'aliases concept) ", ") ")"))
        (insert "\n\n")
        (dolist (definition (alist-get 'definitions concept))
          (orgkb--insert-place file definition)
          (insert "  " (alist-get 'text definition) "\n"))
        (let ((relations (cl-remove-if-not
                          (lambda (relation)
                            (or (orgkb--refers-p (alist-get 'source relation) concept)
                                (orgkb--refers-p (alist-get 'target relation) concept)))
                          (alist-get 'relations graph))))
          (when relations
            (insert "\nRelations\n")
            (dolist (relation relations)
              (orgkb--insert-place file relation)
              (insert (format "  %s → %s → %s\n"
                              (orgkb--name (alist-get 'source relation) names)
                              (alist-get 'label relation)
                              (orgkb--name (alist-get 'target relation) names))))))
        (insert "\nMentions\n")
        (dolist (mention (alist-get 'mentions graph))
          (when (orgkb--refers-p (alist-get 'concept mention) concept)
            (orgkb--insert-place file mention)
            (insert "  " (alist-get 'text mention) "\n")))))))

(defun orgkb--name (reference names)
  "The name of the concept with the id REFERENCE in the table NAMES.
A REFERENCE that is a name already stays."
  (gethash reference names reference))

(defun orgkb--insert-place (file place)
  "Insert a button that leads to the line of PLACE in FILE."
  (let ((line (alist-get 'line place)))
    (insert-text-button (format "%s:%d" (file-name-nondirectory file) line)
                        'follow-link t
                        'action (lambda (_button) (orgkb--visit file (lambda () (orgkb--goto-line line)))))))

(defun orgkb--goto-line (line)
  "Go to the beginning of LINE in the whole buffer."
  (widen)
  (goto-char (point-min))
  (forward-line (1- line)))

(defun orgkb-next-concept (&optional count)
  "Go to the next mention of a concept, or the COUNTth; backward if negative."
  (interactive "p")
  (let* ((count (or count 1))
         (places (save-excursion
                   (save-restriction
                     (widen)
                     (delete-dups
                      (sort (mapcar #'orgkb--position (alist-get 'mentions (orgkb--graph (orgkb--file)))) #'<)))))
         (ahead (if (> count 0)
                    (cl-remove-if-not (lambda (place) (> place (point))) places)
                  (reverse (cl-remove-if-not (lambda (place) (< place (point))) places))))
         (place (nth (1- (abs count)) ahead)))
    (unless place
      (user-error "No more concepts"))
    (push-mark nil t)
    (goto-char place)
    (when (derived-mode-p 'org-mode)
      (org-show-context))))

(defun orgkb-previous-concept (&optional count)
  "Go to the previous mention of a concept, or the COUNTth."
  (interactive "p")
  (orgkb-next-concept (- (or count 1))))

(defun orgkb--position (mention)
  "The position of MENTION in this buffer."
  (goto-char (point-min))
  (forward-line (1- (alist-get 'line mention)))
  (min (line-end-position) (+ (point) (1- (alist-get 'col mention)))))

;;; Links from cards and maps

(defun orgkb--visit (file move)
  "Show FILE and call MOVE in it.
If it is not open yet, it is opened without its local variables."
  (let ((buffer (or (find-buffer-visiting file)
                    (let ((enable-local-variables nil)
                          (enable-local-eval nil)
                          (enable-dir-local-variables nil)
                          (org-inhibit-startup t))
                      (find-file-noselect file)))))
    (pop-to-buffer buffer)
    (funcall move)
    (when (derived-mode-p 'org-mode)
      (org-show-context))
    buffer))

(defun orgkb--roots ()
  "The folders below which notes may be."
  (delete-dups
   (append (mapcar #'file-name-as-directory orgkb-notes-directories)
           (cl-loop for buffer in (buffer-list)
                    for file = (buffer-file-name buffer)
                    when (and file
                              (string-suffix-p ".org" file)
                              (not (file-remote-p file)))
                    collect (file-name-directory file)))))

(defun orgkb--find-note (name)
  "The Org file called NAME below a folder of notes, or nil.
NAME comes from outside: it must be a plain relative name of an Org file,
and the file must lie in one of the folders after links are followed."
  (when (and (stringp name)
             (string-suffix-p ".org" name)
             (not (file-name-absolute-p name))
             (not (file-remote-p name))
             (not (member ".." (split-string name "/")))
             (not (string-match-p "[[:cntrl:]]" name)))
    (cl-loop for root in (orgkb--roots)
             for file = (expand-file-name name root)
             when (and (file-regular-p file)
                       (file-in-directory-p (file-truename file) (file-truename root)))
             return file)))

(defun orgkb--letters (text)
  "The letters and digits of TEXT in small letters, without its markup."
  (downcase (replace-regexp-in-string "[^[:alnum:]]+" "" text)))

(defun orgkb--search (search)
  "Go to SEARCH: a heading after `*', else words.
Go to the beginning of the buffer where they are not found."
  (widen)
  (goto-char (point-min))
  (let ((found
         (save-excursion
           (if (string-prefix-p "*" search)
               (let ((wanted (orgkb--letters search)))
                 (cl-loop while (re-search-forward org-heading-regexp nil t)
                          when (equal wanted (orgkb--letters (orgkb--heading)))
                          return (line-beginning-position)))
             (let ((case-fold-search t))
               (and (string-match-p "[^[:space:]]" search)
                    (re-search-forward
                     (mapconcat #'regexp-quote (split-string search) "[ \t\n]+") nil t)
                    (match-beginning 0)))))))
    (when found
      (goto-char found))
    found))

(defun orgkb--heading ()
  "The title of the heading at point, links by their description."
  (let ((title (org-get-heading t t t t)))
    (replace-regexp-in-string
     "\\[[0-9]*\\(?:%\\|/[0-9]*\\)\\]" ""
     (replace-regexp-in-string org-link-bracket-re
                               (lambda (link) (or (match-string 2 link) (match-string 1 link)))
                               title t t))))

(defun orgkb--line (text)
  "The number of a line that TEXT from outside is, or nil."
  (and (stringp text)
       (string-match-p "\\`[1-9][0-9]\\{0,8\\}\\'" text)
       (string-to-number text)))

(defun orgkb-open-place (parameters)
  "Open what a link `org-protocol://orgkb?file=…&search=…' names.
With `&line=…' it is that line.  PARAMETERS is what org-protocol hands
over.  Nothing is evaluated, and only Org files in the folders of notes
are opened."
  (let* ((given (if (stringp parameters)
                    (org-protocol-parse-parameters parameters t)
                  parameters))
         (name (plist-get given :file))
         (search (or (plist-get given :search) ""))
         (line (orgkb--line (plist-get given :line)))
         (file (orgkb--find-note name)))
    (if (null file)
        (message "orgkb: no notes called %s in `orgkb-notes-directories'" (or name ""))
      (orgkb--visit file (lambda ()
                           (if line (orgkb--goto-line line) (orgkb--search search))))
      (raise-frame))
    nil))

(declare-function org-protocol-parse-parameters "org-protocol" (info &optional new-style default-order))
(defvar org-protocol-protocol-alist)

;;;###autoload
(define-minor-mode orgkb-protocol-mode
  "Let the links on cards and maps that orgkb makes open their notes.
The desktop must hand `org-protocol:' links to emacsclient, as the
manual of org-protocol tells."
  :global t
  :group 'orgkb
  (require 'org-protocol)
  (setq org-protocol-protocol-alist
        (cl-remove "orgkb" org-protocol-protocol-alist :key #'car :test #'equal))
  (when orgkb-protocol-mode
    (push '("orgkb" :protocol "orgkb" :function orgkb-open-place)
          org-protocol-protocol-alist)))

(provide 'orgkb)
;;; orgkb.el ends here
