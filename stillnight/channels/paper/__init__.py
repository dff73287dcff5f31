"""The page for the doctor on paper: as a web page to print, and as a PDF."""
