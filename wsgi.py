"""What a server loads: `gunicorn wsgi:app`, and where `flask` finds the application."""

from jobcenter.app import create_app

app = create_app()
