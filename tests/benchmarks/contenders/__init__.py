"""Who answers the same questions: the engine, and what one would use instead of it."""
