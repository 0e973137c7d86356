"""How `gunicorn garminsync.wsgi` serves: read by gunicorn when it is started in this folder."""

bind = "127.0.0.1:8000"
workers = 2
threads = 4
timeout = 60
control_socket_disable = True
# No max_requests: it would replace a worker in the middle of a sync.
