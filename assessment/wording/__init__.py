"""What a result says, put together once: sentences, tables, briefing; pure."""
