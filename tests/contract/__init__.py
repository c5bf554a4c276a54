"""The API is as its OpenAPI document says, and does not change within a version."""
