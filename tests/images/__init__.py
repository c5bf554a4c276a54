"""The five images, built and run by a container engine."""
