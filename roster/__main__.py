"""``python -m roster`` is the ``roster`` command."""

from roster.cli import main

if __name__ == "__main__":
    main()
