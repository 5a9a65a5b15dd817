"""Asks a server for pages as fast as it answers, over connections that stay open, and notes how long each takes."""

import selectors
import socket
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Measured:
    """One page under load: requests a second, and milliseconds that half and 99 of 100 answers took at most."""

    rate: float
    p50: float
    p99: float


@dataclass
class Line:
    """One connection: what it asks, one after the other, and the answer as far as it has come."""

    requests: list[bytes]
    connection: socket.socket
    asked: int = 0
    since: float = 0.0
    read: int = 0  # bytes of this answer
    whole: int = 0  # bytes it will have, once the head has been read
    head: bytes = field(default=b"")

    def ask(self) -> None:
        self.since, self.read, self.whole, self.head = time.perf_counter(), 0, 0, b""
        self.connection.sendall(self.requests[self.asked % len(self.requests)])
        self.asked += 1

    def hear(self) -> bool:
        """Read what there is; whether the answer is whole."""
        more = self.connection.recv(1 << 18)
        if not more:
            raise RuntimeError("the server hung up")
        self.read += len(more)
        if not self.whole:
            self.head += more
            end = self.head.find(b"\r\n\r\n")
            if end < 0:
                return False
            if self.head[9:12] != b"200":
                request = self.requests[(self.asked - 1) % len(self.requests)].split(b"\r\n")[0]
                raise RuntimeError(f"{request.decode()} answered {self.head[9:12].decode()}")
            length = self.head[:end].lower().split(b"content-length:", 1)[1].split(b"\r\n", 1)[0]
            self.whole = end + 4 + int(length)
        return self.read >= self.whole


def ask_for(port: int, headers: str, shares: list[list[str]], seconds: float) -> tuple[list[float], float]:
    """A connection for each share of the addresses; returns the seconds each answer took, and all of them together.

    Raw sockets: http.client takes longer for an answer than the bare page takes to be made.
    """
    took = []
    with selectors.DefaultSelector() as selector:
        for share in shares:
            connection = socket.create_connection(("127.0.0.1", port), timeout=60)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            head = f"Host: 127.0.0.1:{port}\r\nAccept: text/html\r\n{headers}\r\n"
            line = Line([f"GET {address} HTTP/1.1\r\n{head}".encode() for address in share], connection)
            selector.register(connection, selectors.EVENT_READ, line)
        lines = [key.data for key in selector.get_map().values()]
        begun = time.perf_counter()
        for line in lines:
            line.ask()
        waiting = len(lines)
        while waiting:
            for key, _ in selector.select(60):
                if key.data.hear():
                    at = time.perf_counter()
                    took.append(at - key.data.since)
                    if at - begun < seconds:
                        key.data.ask()
                    else:
                        waiting -= 1
        whole = time.perf_counter() - begun
        for line in lines:
            line.connection.close()
    return took, whole


def measure(
    pool: ProcessPoolExecutor, askers: int, lines: int, port: int, headers: str, addresses: list[str], seconds: float
) -> Measured:
    """Several connections at once, each with its own share of the addresses, held by a few processes."""
    shares = [addresses[number::lines] or addresses for number in range(lines)]
    asked = [pool.submit(ask_for, port, headers, shares[number::askers], seconds) for number in range(askers)]
    answers = [future.result() for future in asked]
    took = sorted(1000 * one for times, _ in answers for one in times)
    rate = sum(len(times) / whole for times, whole in answers)
    return Measured(rate, statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.99))])
