"""Everything breaks at random moments while people talk."""
