"""Pages of what is told: messages sent, preferences, links that work without signing in, the calendar."""
