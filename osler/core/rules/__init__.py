"""The requirement language: what an authority can ask, and the evaluator that answers with reasons.

Read ``requirement`` (the words), ``condition`` and ``window`` (two small grammars), ``record`` (what a
person brings), then ``evaluate``, which turns the one and the other into an ``answer``.
"""
