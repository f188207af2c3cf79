"""One file a job. Jobs read wikis, call the pure rooms, write through one door: `saving`."""
