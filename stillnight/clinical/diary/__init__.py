"""The symptom diary: how bad each night was, as it was told, at most thirty of them."""
