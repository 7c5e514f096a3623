"""Find: what would close each gap, and where accredited education is found."""
