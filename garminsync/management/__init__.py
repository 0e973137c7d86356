"""What manage.py can do, and the pages of docs that are made from the tables."""
