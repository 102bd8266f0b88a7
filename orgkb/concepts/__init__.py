"""Room 2: prepared documents become a graph of concepts."""
