"""The website's channel: a server-made session, JSON in and out."""

from stillnight.channels.web.channel import WebChannel

__all__ = ["WebChannel"]
