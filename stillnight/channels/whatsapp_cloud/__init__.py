"""WhatsApp by Meta's Cloud API: what its webhook brings, and how answers go out."""
