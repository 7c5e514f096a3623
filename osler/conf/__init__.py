"""Where everything is wired together: settings, URLs, ports. Nothing else may import from here."""
