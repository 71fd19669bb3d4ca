"""The console of the Quảng Bình IOC switchboard."""

__version__ = "0.1.0"
