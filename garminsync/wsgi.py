"""What gunicorn serves: `gunicorn garminsync.wsgi`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "garminsync.settings")

application = get_wsgi_application()
