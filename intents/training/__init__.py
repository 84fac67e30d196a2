"""Training of what ships: the encoder's adapter and the feelings; imports torch, never served."""
