"""The published pages: what the marts say, laid out for people."""
