"""Decisions on plain values: no Django, no input or output, no clock, no file format."""
