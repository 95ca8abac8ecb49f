"""The settings page and the doctor."""
