"""The durable inbox and its worker, on SQLite files and on a PostgreSQL of their own."""
