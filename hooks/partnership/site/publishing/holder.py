"""Who publishes into a storage that knows no locks of processes."""

import json
import os
import socket
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

# Longer than any publishing takes: what is older is of a run that was killed.
_STALE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who publishes: the process `process` on the machine `host`, since `since`."""

    host: str
    process: int
    since: str

    @classmethod
    def here(cls, now: datetime) -> "Holder":
        """This process, `now`."""
        return cls(socket.gethostname(), os.getpid(), now.isoformat())

    @classmethod
    def read(cls, content: bytes | None) -> "Holder | None":
        """Who has written `content`; None where that cannot be said."""
        try:
            return cls(**json.loads(content or b""))
        except (ValueError, TypeError):
            return None

    def text(self) -> bytes:
        """As it is kept."""
        return json.dumps(asdict(self)).encode()

    def is_at_work(self, now: datetime) -> bool:
        """Whether it may still be publishing at `now`."""
        if now - datetime.fromisoformat(self.since) > _STALE:
            return False
        if self.host != socket.gethostname():
            return True
        try:
            os.kill(self.process, 0)
        except ProcessLookupError:
            return False
        except OSError:
            return True
        return True
