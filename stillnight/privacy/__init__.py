"""What is kept of a person: telling them, handing it over, deleting it."""
