"""Messages: worded without Flask, delivered one recipient at a time, nothing personal in headers."""
