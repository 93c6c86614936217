"""What people do in a real browser, and what every page they meet must be."""
