"""Counts what a Firestore client asks of the server: billed reads, writes, and RPCs.

    with counting(client) as count:
        …
    assert count.reads <= 25 and count.rpcs == 1

A read is a document that a BatchGetDocuments answers, found or not; a query is billed
for its documents, at least one. BeginTransaction and Rollback are RPCs of no read.
Source: https://cloud.google.com/firestore/pricing, "Reads, writes, and deletes".
"""

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import grpc
from google.cloud.firestore import Client
from google.cloud.firestore_v1.services.firestore.client import FirestoreClient
from google.cloud.firestore_v1.services.firestore.transports import FirestoreGrpcTransport

_QUERIES = ("RunQuery", "RunAggregationQuery", "ListDocuments")


@dataclass
class Count:
    """What was counted; `methods` are RPCs by name, `requests` as they came. Safe for clients used by threads."""

    reads: int = 0
    writes: int = 0
    methods: Counter[str] = field(default_factory=Counter)
    queries: list[Any] = field(default_factory=list)
    requests: list[tuple[str, Any]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def rpcs(self) -> int:
        """All round trips."""
        return self.methods.total()

    def add(self, reads: int = 0, writes: int = 0) -> None:
        """Count documents."""
        with self._lock:
            self.reads += reads
            self.writes += writes

    def call(self, method: str, request: Any) -> None:
        """Count an RPC, keep a query's request, and count the writes of a commit."""
        with self._lock:
            self.methods[method] += 1
            self.requests.append((method, request))
            if method in _QUERIES:
                self.queries.append(request)
        if method in ("Commit", "BatchWrite"):
            self.add(writes=len(request.writes))


class _Interceptor(grpc.UnaryUnaryClientInterceptor, grpc.UnaryStreamClientInterceptor):  # type: ignore[misc]
    def __init__(self, count: Count) -> None:
        self.count = count

    def intercept_unary_unary(self, continuation: Callable, details: Any, request: Any) -> Any:
        method = details.method.rpartition("/")[2]
        self.count.call(method, request)
        answer = continuation(details, request)
        if method == "GetDocument":
            self.count.add(reads=1)
        if method == "ListDocuments":
            self.count.add(reads=max(1, len(answer.result().documents)))
        return answer

    def intercept_unary_stream(self, continuation: Callable, details: Any, request: Any) -> Any:
        method = details.method.rpartition("/")[2]
        self.count.call(method, request)
        return _Stream(continuation(details, request), self.count, method)


class _Stream:
    """A stream of answers that counts its documents as they come; else it is the stream."""

    def __init__(self, stream: Any, count: Count, method: str) -> None:
        self._stream = stream
        self._count = count
        self._nothing_yet = method in _QUERIES

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def __iter__(self) -> "_Stream":
        return self

    def __next__(self) -> Any:
        try:
            answer = next(self._stream)
        except StopIteration:
            self._count.add(reads=1 if self._nothing_yet else 0)
            raise
        fields = {descriptor.name for descriptor, _ in getattr(answer, "_pb", answer).ListFields()}
        if fields & {"found", "missing", "document", "result"}:
            self._nothing_yet = False
            self._count.add(reads=1)
        return answer


@contextmanager
def counting(client: Client) -> Iterator[Count]:
    """Count what `client` (of the emulator) asks for within the block."""
    count = Count()
    api = client._firestore_api
    channel = grpc.intercept_channel(
        client._emulator_channel(FirestoreGrpcTransport), _Interceptor(count)
    )
    transport = FirestoreGrpcTransport(channel=channel)
    client._firestore_api_internal = FirestoreClient(transport=transport)
    try:
        yield count
    finally:
        client._firestore_api_internal = api
        transport.close()
