"""What each page about a store shows: functions of a reader that give frozen objects, bounded in what they read."""
