"""Tools for those who work on the register; the service itself never imports them."""
