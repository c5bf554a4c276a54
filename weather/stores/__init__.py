"""The kinds of store, one file each; `weather.store` tells what they have in common."""
