"""Comparisons with peers, side by side on one machine: ``make bench`` or ``python -m tests.benchmarks``."""
