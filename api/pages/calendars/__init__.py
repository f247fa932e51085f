"""Calendars that programs read under secret addresses, and the page where one makes and takes them back."""
