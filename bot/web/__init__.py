"""Routes and pages: parse, call, shape."""
