"""The player page: the video surface, the keys and the view model."""
