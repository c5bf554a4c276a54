"""Attacks on the service, each a command with a seed, and each in a short form in the tests.

    python -m tests.attack.fuzz              malformed and odd requests on a socket
    python -m tests.attack.mixing            many visitors at once, compared with an instance that
                                             stores no answer
    python -m tests.attack.hostile_text      hostile names, warnings and numbers in every view
    python -m tests.attack.hostile_upstream  unusable responses of every kind from the providers

Each takes `--seed N` and `--seconds S`, prints what it did, and exits with 1 if something fell;
the same seed sends the same again.
"""
