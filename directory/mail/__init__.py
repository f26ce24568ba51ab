"""Letters leave here: sealed rows become messages, and messages become mail or files."""
