"""What the server answers, to whom and how much: routes, handlers, sessions, limits and messages."""
