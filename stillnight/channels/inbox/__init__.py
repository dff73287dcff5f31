"""A durable inbox and outbox for messengers: what was taken is answered once, in order, whatever dies in between."""
