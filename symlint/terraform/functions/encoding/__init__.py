"""Functions that encode and decode: Base64, URLs, JSON, CSV."""
