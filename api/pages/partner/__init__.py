"""A partner's own page: on a convention, and on all the territories that the reader may read."""
