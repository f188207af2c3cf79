"""The jobs of the action tracker: read it, show its boards, change it."""
