"""`python -m orgkb` is `orgkb`."""

from orgkb.cli import main

main()
