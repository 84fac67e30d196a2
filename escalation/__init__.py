"""When a person is needed, and how a person gets the conversation."""
