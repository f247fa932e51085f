"""The pages: server-rendered, French first, working without JavaScript (`routes.py` puts them on the application)."""
