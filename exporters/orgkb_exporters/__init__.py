"""Room 3: the exporters that come with orgkb, found through their entry points like anybody's."""
