"""The server's answers: routes, handlers, sessions, limits and messages."""
