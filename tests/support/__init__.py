"""What tests share: databases to work on, the checking client, counting of statements."""
