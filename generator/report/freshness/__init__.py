"""What a survey of freshness says, one file a format: `Survey` to a string each."""
