"""What somebody needs to learn: topics rated, the practice behind them, goals, and the plan."""
