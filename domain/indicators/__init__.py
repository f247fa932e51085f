"""Indicators: what is measured, from where to where, by whom; what was measured; what users say."""
