"""The terminal side of Stavaza: the app, its screens and the command line."""
