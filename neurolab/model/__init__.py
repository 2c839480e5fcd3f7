"""Text to checked model: expressions, dimensions, equations, and the model that they form."""
