"""The pages: server-rendered, French first, working without JavaScript."""

from api.pages.routes import install

__all__ = ["install"]
