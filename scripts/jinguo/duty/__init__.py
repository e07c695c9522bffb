"""The duty roster of the centre: who is on duty when."""
