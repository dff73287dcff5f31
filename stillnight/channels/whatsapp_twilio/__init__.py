"""WhatsApp by way of Twilio: what it delivers, whether it was really Twilio, and sending through its REST API."""
