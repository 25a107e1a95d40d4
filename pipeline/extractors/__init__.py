"""What is found in a story: one room each, and no room asks another."""
