"""JSON for programs: the same services and permissions as the pages, by key and scope."""
