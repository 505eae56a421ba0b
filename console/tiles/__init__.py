"""Pictures of base maps: from files and services, kept on this machine, composed by a process that may die of them."""
