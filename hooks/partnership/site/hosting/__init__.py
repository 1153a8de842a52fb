"""How a web server is to serve the site: one description, told to each server in its words."""
