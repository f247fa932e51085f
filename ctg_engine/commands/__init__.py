"""The commands of `ctg`, by subject. What they say is in the catalogues, under `cli.`."""
