"""The two-way sync of the actions of a wiki with the items of a tracker."""
