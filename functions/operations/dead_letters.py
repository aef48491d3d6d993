"""Messages that could not be delivered: found, shown, published again, taken away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from google.cloud.firestore import Client

from functions.operations.content import show
from functions.operations.doing import Doing
from functions.operations.schema import (
    DeadLetterHead,
    DeadLetterList,
    DeadLetterQuery,
    DeadLetterView,
)
from shared.event.dead_letters import DeadLetter, NoDeadLetterError, may_be_more
from shared.problem import NotFoundProblem


@dataclass(frozen=True)
class DeadLetters:
    """Those of a region's topics, as `shared.event.dead_letters` looks at, takes away and publishes
    them."""

    topics: Sequence[str]
    look: Callable[[Sequence[str]], list[DeadLetter]]
    take: Callable[[str, str, Callable[[DeadLetter], None]], DeadLetter]
    publish: Callable[[DeadLetter], None]


def list_dead(letters: DeadLetters, query: DeadLetterQuery) -> DeadLetterList:
    """The oldest first, of all topics or one."""
    topics = [query.topic] if query.topic else letters.topics
    found = sorted(letters.look(topics), key=lambda one: one.died_at)
    by_topic = ([one for one in found if one.topic == topic] for topic in topics)
    return DeadLetterList(
        items=[_head(one) for one in found], more=any(may_be_more(some) for some in by_topic)
    )


def view(letters: DeadLetters, entry: str) -> DeadLetterView:
    """One with its content.

    Raises:
        NotFoundProblem: there is none, or somebody else looks at it just now.
    """
    topic, id_ = _split_entry(letters, entry)
    for one in letters.look([topic]):
        if one.id == id_:
            return _view(one)
    raise NotFoundProblem


def replay(db: Client, letters: DeadLetters, entry: str, doing: Doing) -> DeadLetterView:
    """Publish it to its topic again, and take it away once it is there.

    Raises:
        NotFoundProblem: there is none, or somebody else looks at it just now.
    """

    def deal(letter: DeadLetter) -> None:
        doing.tell(db, _object(letter))
        letters.publish(letter)

    return _take(letters, entry, deal)


def discard(db: Client, letters: DeadLetters, entry: str, doing: Doing) -> DeadLetterView:
    """Take it away for good.

    Raises:
        NotFoundProblem: there is none, or somebody else looks at it just now.
    """
    return _take(letters, entry, lambda letter: doing.tell(db, _object(letter)))


def _take(letters: DeadLetters, entry: str, deal: Callable[[DeadLetter], None]) -> DeadLetterView:
    topic, id_ = _split_entry(letters, entry)
    try:
        return _view(letters.take(topic, id_, deal))
    except NoDeadLetterError as error:
        raise NotFoundProblem from error


def _split_entry(letters: DeadLetters, entry: str) -> tuple[str, str]:
    topic, _, id_ = entry.partition(".")
    if topic not in letters.topics:
        raise NotFoundProblem
    return topic, id_


def _object(letter: DeadLetter) -> str:
    return f"dead_letters/{letter.topic}~{letter.id}"


def _head(letter: DeadLetter) -> DeadLetterHead:
    return DeadLetterHead(
        entry=f"{letter.topic}.{letter.id}",
        topic=letter.topic,
        published_at=letter.published_at,
        died_at=letter.died_at,
        attempts=letter.attempts,
        size=len(letter.data),
    )


def _view(letter: DeadLetter) -> DeadLetterView:
    return DeadLetterView(
        **_head(letter).model_dump(),
        attributes=letter.attributes,
        message=show(letter.data, []),
    )
