"""One function per use case: permission, change, audit row, outbox row. None of them commits."""
