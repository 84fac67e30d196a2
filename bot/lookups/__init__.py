"""Lookups: a shop's own systems asked during a turn, so that an answer tells what is so."""
