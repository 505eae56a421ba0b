"""Questions to the store; each takes a scope first and answers only what lies inside it."""
