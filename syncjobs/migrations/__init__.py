"""How the table of the job came to be."""
