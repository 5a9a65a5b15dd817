"""How an employer's people get in: joining, confirming an address, links that sign in, links that open one thing."""
