"""The case desk: one case whole, its verbs with their small forms, and the dispatch strip."""
