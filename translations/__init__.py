"""The catalogues' sources, and the tool that makes gettext's files of them."""
