"""Administration: people and their rights, units, rosters, wishes, sessions, the import of people."""
