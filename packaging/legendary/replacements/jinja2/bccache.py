"""Jinja can cache the bytecode of templates in files, by pickle, if an application wants that."""


class BytecodeCache:
    def __init__(self, *_: object) -> None:
        raise RuntimeError("The cache of templates' bytecode is left out of this executable.")


class FileSystemBytecodeCache(BytecodeCache):
    pass


class MemcachedBytecodeCache(BytecodeCache):
    pass


class Bucket:
    pass
