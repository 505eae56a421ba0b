"""The door for phones and desks: JSON over HTTP, hints over SSE, and the pages that use them."""
