"""The guard that every message passes before the assistant: danger first, by rule, whatever else is broken."""
