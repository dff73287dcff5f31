"""Inputs that nobody would write: coverage-guided by atheris, short in tests, long by `make fuzz`."""
