"""Tables of events that others have coded: GDELT, ICEWS, POLECAT."""
