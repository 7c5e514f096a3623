"""One port in front of the web and the live process: a small HTTP/1.1 front door for one machine.

It exists so that `osler demo` and `osler run` need nothing installed. A site with nginx or a load balancer
leaves it out and routes /live/ to the live process by itself.
"""

from osler.cli.front.door import FrontDoor, Upstream

__all__ = ["FrontDoor", "Upstream"]
