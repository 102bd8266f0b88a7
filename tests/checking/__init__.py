"""The rules of `orgkb check`, one file a family."""
