"""The home of everything a user owns: a folder that only they may enter, and the key in it."""

import base64
import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

from cryptography.fernet import Fernet

CLONE = Path(__file__).resolve().parent.parent


def open_home() -> Path:
    """The folder GARMINSYNC_HOME names, made if missing (mode 700); `var/` in the clone by default.

    Ends the program with a sentence if it cannot be written.
    """
    home = Path(os.environ.get("GARMINSYNC_HOME") or CLONE / "var").absolute()
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if home.stat().st_uid == os.getuid():
            home.chmod(0o700)
        # Some file systems say yes to every question about rights and no to the first write.
        with tempfile.TemporaryFile(dir=home):
            pass
    except OSError as error:
        raise SystemExit(
            f"garminsync cannot write to its home {home} as user {os.getuid()}: {error.strerror}. "
            "Give that user the right to write there, or set GARMINSYNC_HOME to another folder."
        ) from error
    return home


def read_key(home: Path) -> bytes:
    """The home's secret, a Fernet key; made on first use.

    Many first commands may run at once: each writes a key of its own, and the one whose link comes first
    is everybody's.
    """
    path = home / "key"
    try:
        if not path.exists():
            with tempfile.NamedTemporaryFile(dir=home, prefix="key.") as mine:  # mode 600
                mine.write(Fernet.generate_key())
                mine.flush()
                os.fsync(mine.fileno())
                with contextlib.suppress(FileExistsError):
                    os.link(mine.name, path)
        key = path.read_bytes().strip()
        Fernet(key)
    except OSError as error:
        raise SystemExit(f"garminsync cannot read or make its key {path}: {error.strerror}.") from error
    except ValueError as error:
        raise SystemExit(
            f"{path} is no key of garminsync. Put the right file back, or remove it and sign in again."
        ) from error
    return key


def derive_secret(key: bytes, purpose: str) -> str:
    """Another secret from the same key, so that there is one file to keep safe."""
    return base64.b85encode(hashlib.sha256(purpose.encode() + b"\0" + key).digest()).decode()
