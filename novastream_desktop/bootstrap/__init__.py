"""The composition root: the only place that builds objects, starts them, and stops them again.

`window` opens the application, `desktop` is what is behind it, `services` runs also without one.
Each is imported where it is called: the window can paint before what is behind it is loaded.
"""
