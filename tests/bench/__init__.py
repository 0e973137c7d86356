"""Measures what a sync costs, against what it could cost at least in the same run, and writes docs/benchmarks.md."""
