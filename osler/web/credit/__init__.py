"""The transcript: its list, its records, and files that bring more of them."""
