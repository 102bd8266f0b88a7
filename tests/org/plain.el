;;; plain.el --- What Emacs exports, in the notation of plain.py  -*- lexical-binding: t -*-

;; Arguments: a JSON file with an object of Org texts.  Prints an object of the exported lines.

;;; Code:

(require 'json)
(require 'ox)

(defun plain-folded (text)
  "TEXT with white space folded."
  (mapconcat #'identity (split-string (or text "")) " "))

(defun plain-marked (mark)
  "A transcoder that puts the contents into braces behind MARK."
  (lambda (_object contents _info) (format "%s{%s}" mark contents)))

(defun plain-valued (mark)
  "A transcoder of elements with a value, named MARK."
  (lambda (element _contents _info)
    (format "%s: %s\n" mark (plain-folded (org-element-property :value element)))))

(defun plain-contents (_element contents _info)
  "CONTENTS alone."
  (or contents ""))

(defun plain-headline (headline contents info)
  "HEADLINE with CONTENTS under the options of INFO."
  (if (org-element-property :footnote-section-p headline)
      ""
    (let ((todo (and (plist-get info :with-todo-keywords) (org-element-property :todo-keyword headline)))
          (priority (and (plist-get info :with-priority) (org-element-property :priority headline)))
          (tags (and (plist-get info :with-tags) (org-export-get-tags headline info))))
      (concat
       (plain-folded
        (mapconcat
         #'identity
         (delq nil (list (make-string (org-element-property :level headline) ?*)
                         todo
                         (and priority (format "[#%c]" priority))
                         (org-export-data (org-element-property :title headline) info)
                         (and tags (format ":%s:" (mapconcat #'identity tags ":")))))
         " "))
       "\n" contents))))

(org-export-define-backend 'plain
  `((template . (lambda (contents _info) contents))
    (bold . ,(plain-marked "B"))
    (italic . ,(plain-marked "I"))
    (underline . ,(plain-marked "U"))
    (strike-through . ,(plain-marked "S"))
    (subscript . ,(plain-marked "_"))
    (superscript . ,(plain-marked "^"))
    (code . (lambda (o _c _i) (format "=%s=" (org-element-property :value o))))
    (verbatim . (lambda (o _c _i) (format "=%s=" (org-element-property :value o))))
    (entity . (lambda (o _c _i) (format "E{%s}" (org-element-property :name o))))
    (latex-fragment . (lambda (o _c _i) (format "L{%s}" (org-element-property :value o))))
    (timestamp . (lambda (o _c _i) (org-element-property :raw-value o)))
    (statistics-cookie . (lambda (o _c _i) (org-element-property :value o)))
    (line-break . (lambda (_o _c _i) "\\\\"))
    (footnote-reference . (lambda (o c _i)
                            (format "[fn:%s%s]" (or (org-element-property :label o) "") (if c (concat ":" c) ""))))
    (footnote-definition . (lambda (e c _i)
                             (format "fn %s: %s\n" (org-element-property :label e) (plain-folded c))))
    (inline-src-block . (lambda (o _c _i)
                          (format "src_%s{%s}" (org-element-property :language o) (org-element-property :value o))))
    (link . (lambda (o c _i) (format "<%s|%s>" (org-element-property :raw-link o) (or c ""))))
    (plain-text . (lambda (text _i) text))
    (section . plain-contents)
    (headline . plain-headline)
    (inlinetask . plain-headline)
    (paragraph . (lambda (_e c _i) (let ((text (plain-folded c))) (if (equal text "") "" (concat text "\n")))))
    (plain-list . plain-contents)
    (item . (lambda (e c i)
              (let ((tag (org-element-property :tag e)))
                (concat (replace-regexp-in-string
                         " +\\'" ""
                         (concat "- " (if tag (format "%s :: " (org-export-data tag i)) "")
                                 (replace-regexp-in-string "\n\\'" "" (or c ""))))
                        "\n"))))
    (table . plain-contents)
    (table-row . (lambda (e c _i) (if (eq (org-element-property :type e) 'rule) "" (format "|%s\n" c))))
    (table-cell . (lambda (_e c _i) (format " %s |" (or c ""))))
    (src-block . (lambda (e _c _i)
                   (format "src %s: %s\n" (or (org-element-property :language e) "")
                           (plain-folded (org-element-property :value e)))))
    (fixed-width . ,(plain-valued "fixed"))
    (latex-environment . ,(plain-valued "latex"))
    (drawer . plain-contents)
    (quote-block . plain-contents)
    (center-block . plain-contents)
    (special-block . plain-contents)
    (dynamic-block . plain-contents)
    (property-drawer . plain-contents)
    (node-property . (lambda (e _c _i)
                       (format "property %s: %s\n" (org-element-property :key e) (org-element-property :value e))))
    (planning . (lambda (_e _c _i) "planning\n"))
    (clock . (lambda (_e _c _i) "clock\n"))))

(defun plain-lines (text babel)
  "The lines that Emacs exports of TEXT; code blocks are looked at if BABEL, but never run."
  (with-temp-buffer
    (insert text)
    (org-mode)
    (let* ((org-export-use-babel babel)
           (org-babel-default-header-args (cons '(:eval . "never") org-babel-default-header-args))
           (org-export-with-sub-superscripts '{})
           (org-export-with-broken-links t)
           (out (org-export-as 'plain nil nil nil)))
      (split-string out "\n" t "[ \t]*"))))

(let ((json-object-type 'alist) (json-key-type 'string) (json-array-type 'list)
      (coding-system-for-read 'utf-8) (coding-system-for-write 'utf-8))
  (princ
   (json-encode
    (mapcar (lambda (case)
              (cons (car case)
                    (condition-case error
                        (vconcat (plain-lines (cdr case) (string-prefix-p "babel" (car case))))
                      (error (vector (format "ERROR %S" error))))))
            (json-read-file (car command-line-args-left))))))

;;; plain.el ends here
