"""What asks the technician."""
