"""What a WSGI server loads."""

from roster.app import create_app

app = create_app()
