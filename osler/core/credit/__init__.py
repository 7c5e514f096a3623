"""Exact amounts of credit: what is measured, in which unit, rounded how, worth what elsewhere."""
