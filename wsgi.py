"""What a WSGI server loads."""

import logging

from roster.app import create_app

logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
logging.getLogger("roster").setLevel(logging.INFO)  # every refusal's code can be found

app = create_app()
