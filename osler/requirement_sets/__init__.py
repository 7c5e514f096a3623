"""requirement_sets"""
