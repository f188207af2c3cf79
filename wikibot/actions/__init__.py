"""The action tracker: actions, and the boards on which a wiki shows them. Pure."""
