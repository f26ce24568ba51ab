"""Made-up reviews of made-up listings: who writes, what it says, and what the desk did with it."""
