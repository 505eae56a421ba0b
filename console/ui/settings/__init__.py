"""Administration: pages for what a centre may set for itself."""
