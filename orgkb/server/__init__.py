"""`orgkb serve`: the notes as pages for a browser on this machine, made anew when a note is saved."""
