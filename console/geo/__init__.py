"""Areas on the ground: reading, checking, cutting and finding them; the home of numpy and shapely."""
