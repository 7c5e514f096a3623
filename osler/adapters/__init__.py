"""Ports to the world outside: per folder a Protocol with its messages, one file per vendor, one fake."""
