"""Who is here, and the only way to anything stored."""
