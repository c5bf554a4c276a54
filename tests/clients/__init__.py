"""Real clients of wttr.in, and the requests of others, against the service in a process."""
