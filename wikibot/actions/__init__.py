"""The action, the board as the wiki counts it, the three-way decision of a sync: pure."""
