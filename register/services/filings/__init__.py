"""Filing a disclosure: from the first question to what is published, amended or withdrawn."""
