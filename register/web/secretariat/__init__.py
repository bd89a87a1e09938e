"""The desk of those who keep the register: bodies, accounts, imports."""
