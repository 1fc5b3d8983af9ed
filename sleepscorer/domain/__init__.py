"""What a sleep technician works with, without files, windows or networks."""
