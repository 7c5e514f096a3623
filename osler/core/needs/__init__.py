"""What somebody needs to learn, decided on plain values: no words, no tables, no clock."""
