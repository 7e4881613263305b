"""How many browsers are connected to this process at the moment."""

from collections.abc import Iterator
from contextlib import contextmanager


class Connections:
    """Counts what is open; counted up and down by the server's event loop alone."""

    count = 0

    @contextmanager
    def one_more(self) -> Iterator[None]:
        """Count one more until the block ends."""
        self.count += 1
        try:
            yield
        finally:
            self.count -= 1


connections = Connections()  # those of this process
