"""The demo: five networks' lists of invented women, who answer through the same services as anyone.

Nobody here is real. All days are distances from the day of the first start.
"""

from roster.demo.people import DemoAccount, open_demo_accounts, renew_demo_passwords
from roster.demo.request import demo_criteria
from roster.demo.seed import is_empty, load_demo

__all__ = [
    "DemoAccount",
    "demo_criteria",
    "is_empty",
    "load_demo",
    "open_demo_accounts",
    "renew_demo_passwords",
]
