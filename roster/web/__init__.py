"""The pages: Flask, templates, forms. Rules and changes live below, in services and queries."""
