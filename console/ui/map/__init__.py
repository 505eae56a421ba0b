"""The map: a view model, layers that paint from it, a canvas that keeps pictures, and the panel around it."""
