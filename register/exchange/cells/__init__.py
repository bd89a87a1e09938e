"""What stands in a cell: read into an answer, and written from one."""
