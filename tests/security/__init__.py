"""What a stranger can try at each door, and that it does nothing."""
