"""Demo data of the local cloud, as SAP would publish it: deterministic by seed, sizes and day."""
