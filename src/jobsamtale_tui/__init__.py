"""The app and the command line for job conversations."""
