"""The notes as HTML: a book in one file, and pages for a server on this machine."""
