"""Bytes, locks and counters that processes share: a folder, memory, Redis; `base` says what
they have in common."""
