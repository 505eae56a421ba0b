"""Administration: people and their rights, units, rosters, wishes, the import of people, and the code tables of a centre."""
