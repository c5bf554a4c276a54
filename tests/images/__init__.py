"""The five images, built by a container engine and driven over HTTP."""
