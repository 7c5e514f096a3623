"""Pages for people, folder by context, file by audience."""
