"""What a production server serves: ``gunicorn wsgi:application``."""

from register import create_app

application = create_app()
