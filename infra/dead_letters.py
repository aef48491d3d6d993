"""Messages that could not be delivered: `python -m infra.dead_letters count|replay TOPIC`.

TOPIC is as in the cloud, for example eu-sap-prices; its dead letters wait in the
subscription <TOPIC>-dead. `count` says how many there are, `replay` publishes them to the
topic again, each acknowledged only once it is there. Replaying twice does no harm: a message
is applied only if it is newer than what is stored.
"""

import argparse
import sys
from collections.abc import Iterator

from google.api_core.exceptions import DeadlineExceeded
from google.api_core.retry import Retry
from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient
from google.cloud.pubsub_v1.types import ReceivedMessage

from shared.event.quarantine import GOOGLES

_AT_ONCE = 100
_SECONDS = 10
"""How long a pull waits for more before the subscription counts as empty."""
# What Pub/Sub adds when it gives a message up, and of the schema that it fitted.
_ADDED = ("CloudPubSubDeadLetter", GOOGLES)


def _waiting(subscriber: SubscriberClient, path: str) -> Iterator[list[ReceivedMessage]]:
    """Dead letters, some at a time, until none comes any more."""
    while True:
        try:
            answer = subscriber.pull(
                subscription=path,
                max_messages=_AT_ONCE,
                timeout=_SECONDS,
                retry=Retry(predicate=lambda _: False),
            )
        except DeadlineExceeded:
            return
        if not answer.received_messages:
            return
        yield list(answer.received_messages)


def replay(project: str, topic: str) -> int:
    """Publish every dead letter of a topic to it again; how many."""
    publisher, subscriber = PublisherClient(), SubscriberClient()
    path = subscriber.subscription_path(project, f"{topic}-dead")
    count = 0
    with subscriber:
        for received in _waiting(subscriber, path):
            published = [
                publisher.publish(
                    publisher.topic_path(project, topic),
                    each.message.data,
                    **_attributes(each),
                )
                for each in received
            ]
            for future in published:
                future.result(timeout=60)
            subscriber.acknowledge(subscription=path, ack_ids=[each.ack_id for each in received])
            count += len(received)
    return count


def _attributes(received: ReceivedMessage) -> dict[str, str]:
    found = dict(received.message.attributes)
    return {name: value for name, value in found.items() if not name.startswith(_ADDED)}


def count(project: str, topic: str) -> int:
    """How many dead letters a topic has; they stay."""
    subscriber = SubscriberClient()
    path = subscriber.subscription_path(project, f"{topic}-dead")
    held: list[str] = []
    with subscriber:
        for received in _waiting(subscriber, path):
            held.extend(each.ack_id for each in received)
        for start in range(0, len(held), 1000):
            subscriber.modify_ack_deadline(
                subscription=path, ack_ids=held[start : start + 1000], ack_deadline_seconds=0
            )
    return len(held)


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m infra.dead_letters", description=__doc__)
    parser.add_argument("command", choices=["count", "replay"])
    parser.add_argument("topic")
    parser.add_argument("--project", required=True)
    options = parser.parse_args(arguments)
    if options.command == "count":
        print(f"{count(options.project, options.topic)} dead letters of {options.topic}")
    else:
        print(f"{replay(options.project, options.topic)} published to {options.topic} again")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
