"""The server itself: all that knows pygls and the types of the protocol."""
