"""One meeting in one place: prepared, held, written down, followed; and its papers to be printed."""
