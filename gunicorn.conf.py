"""How `gunicorn garminsync.wsgi` serves: read by gunicorn when it is started in this folder."""

bind = "127.0.0.1:8000"
workers = 2
threads = 4
timeout = 60
control_socket_disable = True


def on_starting(server: object) -> None:
    """A home or a database address that cannot be used ends it here, before any worker is started."""
    import garminsync.settings  # noqa: F401


# No max_requests: it would replace a worker in the middle of a sync.
