"""Messages that could not be delivered: `python -m infra.dead_letters count|list|show|replay|discard`.

    python -m infra.dead_letters count   eu-sap-prices --project P
    python -m infra.dead_letters list    eu-sap-prices --project P
    python -m infra.dead_letters show    eu-sap-prices --project P ID
    python -m infra.dead_letters replay  eu-sap-prices --project P --database sellin-eu \\
        --by "Maria Berg" [ID …]
    python -m infra.dead_letters discard eu-sap-prices --project P --database sellin-eu \\
        --by "Maria Berg" --reason "A test" ID …

The topic is named as in the cloud; its dead letters wait in the subscription <topic>-dead. `count`
says how many there are, `list` shows up to a hundred, `replay` publishes these, or all, to the topic
again, each taken away only once it is there, `discard` takes them away for good. Replaying twice does
no harm: a message is applied only if it is newer than what is stored. What is done is told in the
audit.
"""

import argparse
import sys
from datetime import UTC, datetime

from google.cloud.firestore import Client
from google.cloud.pubsub_v1 import SubscriberClient

from shared import audit
from shared.audit import Action, Doer
from shared.event import dead_letters
from shared.event.dead_letters import DeadLetter, NoDeadLetterError

_SECONDS = 10
"""How long a pull waits for more before the subscription counts as empty."""


def count(project: str, topic: str) -> int:
    """How many dead letters a topic has; they stay."""
    path = SubscriberClient.subscription_path(project, f"{topic}-dead")
    held: list[str] = []
    try:
        for some in dead_letters.pull(path, _SECONDS):
            held += [one.ack_id for one in some]
    finally:
        dead_letters.give_back(path, held)
    return len(held)


def main(arguments: list[str]) -> int:
    """Run the command; the exit status."""
    options = _parser().parse_args(arguments)
    region, _, name = options.topic.rpartition("sap-")
    where = (options.project, region.rstrip("-"))
    topic = f"sap-{name}"
    match options.command:
        case "count":
            print(f"{count(options.project, options.topic)} dead letters of {options.topic}")
        case "list":
            for one in dead_letters.look(*where, [topic]):
                print(one.model_dump_json(exclude={"data"}))
        case "show":
            return _show(where, topic, options.ids)
        case _:
            return _deal(where, topic, options)
    return 0


def _show(where: tuple[str, str], topic: str, ids: list[str]) -> int:
    found = {one.id: one for one in dead_letters.look(*where, [topic])}
    for id_ in ids:
        if id_ not in found:
            print(f"{id_} is no dead letter of {topic}", file=sys.stderr)
            return 1
        print(found[id_].data.decode("utf-8", "replace"))
    return 0


def _deal(where: tuple[str, str], topic: str, options: argparse.Namespace) -> int:
    """Replay or discard, each told in the audit before."""
    db = Client(project=options.project, database=options.database)

    def deal(letter: DeadLetter) -> None:
        who = Doer(options.by, datetime.now(UTC), options.reason)
        object_ = f"dead_letters/{topic}~{letter.id}"
        audit.tell(db, who.entry(Action(options.command), object_))
        if options.command == "replay":
            dead_letters.publish(*where, letter)

    done = 0 if options.ids else dead_letters.take_all(*where, topic, deal, _SECONDS)
    for id_ in options.ids:
        try:
            dead_letters.take(*where, topic, id_, deal)
        except NoDeadLetterError:
            print(f"{id_} is no dead letter of {topic}", file=sys.stderr)
            return 1
        done += 1
    said = f"published to {options.topic} again" if options.command == "replay" else "discarded"
    print(f"{done} {said}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m infra.dead_letters",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("count", "list", "show", "replay", "discard"):
        command = commands.add_parser(name)
        command.add_argument("topic", help="such as eu-sap-prices")
        command.add_argument("--project", required=True)
        if name in ("replay", "discard"):
            command.add_argument("--database", default="(default)")
            command.add_argument("--by", required=True, metavar="NAME", help="who says so")
        if name == "discard":
            command.add_argument("--reason", required=True, help="why, for those who look later")
        else:
            command.set_defaults(reason="")
        if name in ("show", "discard"):
            command.add_argument("ids", nargs="+", metavar="id")
        elif name == "replay":
            command.add_argument("ids", nargs="*", metavar="id")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
