"""The socket a gateway listens on, and the reason when it cannot; apart from the server, which is heavy to load."""

import errno
import socket

from console.domain.errors import Invalid, Unavailable

BACKLOG = 512


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises Unavailable("port_taken"), ("port_forbidden") or ("address_unusable")."""
    if not 0 <= port <= 65_535:
        raise Invalid("gateway_port", "setting_range", value=port, least=0, most=65_535, unit="")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        # Bound twice is noticed only here: two may bind, one may listen.
        listening.listen(BACKLOG)
    except OSError as fault:
        listening.close()
        codes = {errno.EADDRINUSE: "port_taken", errno.EACCES: "port_forbidden"}
        code = codes.get(fault.errno or 0, "address_unusable")
        raise Unavailable(code, "gateway_port", port=port, host=host, problem=fault.strerror or str(fault)) from fault
    return listening
