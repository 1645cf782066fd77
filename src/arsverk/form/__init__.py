"""The form of a collection year as a workbook: written, read back and checked."""
