"""The only Qt of the program: the window, its view models and the bridge to the services."""
