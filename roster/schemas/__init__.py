"""What may come in and go out: marshmallow schemas for forms and JSON alike; errors are codes."""
