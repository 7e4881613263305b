"""The app as a server and as a package."""
