"""The whole way from the content folder to the site, and the first half of it for checking."""

from generator.build.site import Content, Outcome, Progress, Request, build, load

__all__ = ["Content", "Outcome", "Progress", "Request", "build", "load"]
