"""Room 1: Org text to documents.  Knows nothing of concepts."""
