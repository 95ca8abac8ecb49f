"""A gamepad moves about in the window and plays."""
