"""overview: what a wiki holds, counted; near pages proposed; snapshots kept and compared."""
