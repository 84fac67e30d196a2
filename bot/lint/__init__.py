"""What a good editor would say of a pack while it is being written. Pure, but for the command."""
