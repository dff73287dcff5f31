"""The trained assistant as one object: training it, loading it, talking to it."""
