"""The long promises, at their real size: ``make soak``, not ``make test``.

The files are named ``soak_…``, so that nothing collects them by accident. ``ROSTER_SOAK_WOMEN``
makes a quick look of it: ``ROSTER_SOAK_WOMEN=20000 make soak``.
"""
