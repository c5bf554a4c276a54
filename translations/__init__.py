"""The sources of the catalogues, and the tool that compiles them for gettext."""
