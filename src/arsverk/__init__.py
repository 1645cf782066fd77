"""What SQL cannot do for the project: demo submissions, words in a terminal."""

__version__ = "0.1.0"
