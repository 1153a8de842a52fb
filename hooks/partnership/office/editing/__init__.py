"""What the model lends to other editors: JSON Schemas, forms in the browser, one way to write."""
