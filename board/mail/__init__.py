"""What the board writes to people by mail: who gets which letter and when, and how it reaches the mail server."""
