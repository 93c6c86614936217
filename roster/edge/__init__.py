"""What pages and programs share at the edge: sessions of a request, looks noted, the one index."""
