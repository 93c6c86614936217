"""Reads, one file per noun. What an actor may not see is not found here."""
