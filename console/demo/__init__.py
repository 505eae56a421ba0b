"""A made-up city to try and show the console with: its people, its reports, its cameras."""
