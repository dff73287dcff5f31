"""From a message to lab values: marks, layout, which number counts, and whose it is."""
