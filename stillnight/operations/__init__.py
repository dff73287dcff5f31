"""What a server does by itself: deleting what is old, and ending without losing what it took."""
