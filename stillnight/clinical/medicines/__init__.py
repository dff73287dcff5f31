"""Medicines: what we know of each (`register`), finding them in a message (`finder`), what to say of them (`check`)."""
