"""The command line: run the house, assess a portfolio, check the requirement sets, build the reference."""
