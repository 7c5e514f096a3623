"""The contexts that remember: each owns its tables and is entered through queries, permissions, actions and signals."""
