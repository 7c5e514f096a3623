"""What a person needs to learn, as they see it themselves: their practice, topics rated, goals with dates.

Ratings are added and never overwritten by later ones, so that change over time shows. What the boards ask
is not here: the pages put goals and requirements into one plan.
"""
