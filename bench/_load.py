"""Asks a server for pages as fast as it answers, over connections that stay open, and notes how long each takes."""

import socket
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass


@dataclass(frozen=True)
class Measured:
    """One page under load: requests a second, and milliseconds that half and 99 of 100 answers took at most."""

    rate: float
    p50: float
    p99: float


def ask_for(port: int, cookie: str, addresses: list[str], seconds: float) -> tuple[list[float], float]:
    """One connection, one question after the other; returns the seconds each took, and all of them together.

    Raw sockets: http.client takes longer for an answer than the bare page takes to be made.
    """
    head = f"Host: 127.0.0.1:{port}\r\nCookie: {cookie}\r\nAccept: text/html\r\n\r\n"
    requests = [f"GET {address} HTTP/1.1\r\n{head}".encode() for address in addresses]
    took = []
    with socket.create_connection(("127.0.0.1", port), timeout=60) as line:
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        begun = last = time.perf_counter()
        number = 0
        while last - begun < seconds:
            line.sendall(requests[number % len(requests)])
            status = answer(line)
            if status != b"200":
                raise RuntimeError(f"{addresses[number % len(addresses)]} answered {status.decode()}")
            at = time.perf_counter()
            took.append(at - last)
            last = at
            number += 1
    return took, last - begun


def answer(line: socket.socket) -> bytes:
    """Read one whole answer; returns its status."""
    data = b""
    while (end := data.find(b"\r\n\r\n")) < 0:
        more = line.recv(65536)
        if not more:
            raise RuntimeError("the server hung up")
        data += more
    head = data[:end].lower()
    length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
    left = end + 4 + length - len(data)
    while left > 0:
        left -= len(line.recv(min(left, 1 << 20)))
    return data[9:12]


def measure(
    pool: ProcessPoolExecutor, lines: int, port: int, cookie: str, addresses: list[str], seconds: float
) -> Measured:
    """Several connections at once, each with its own share of the addresses."""
    shares = [addresses[number::lines] or addresses for number in range(lines)]
    asked = [pool.submit(ask_for, port, cookie, share, seconds) for share in shares]
    answers = [future.result() for future in asked]
    took = sorted(1000 * one for times, _ in answers for one in times)
    rate = sum(len(times) / whole for times, whole in answers)
    return Measured(rate, statistics.median(took), took[min(len(took) - 1, int(len(took) * 0.99))])
