"""Apply: reflections, commitments, goals reached."""
