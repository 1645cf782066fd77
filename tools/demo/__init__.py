"""The demo submissions: a reconstruction from published figures."""
