"""The pages with which an instance begins: the six steps, the territories of a public list, the first partners."""
