"""Counts of what was asked, for the clinic: no words, no ids, nothing that few people did, by week alone."""
