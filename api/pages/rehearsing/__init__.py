"""The calendar to come of a convention, as it is told."""
