"""Turns values into what people and programs read."""
