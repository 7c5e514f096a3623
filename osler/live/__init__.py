"""Server-sent streams: one lean ASGI process that holds the open connections of signed-in people."""
