"""Resource names: `projects/P/locations/L/queues/Q/tasks/T`."""

import re

from emulators.cloud_tasks.refusal import invalid

_LOCATION = re.compile(r"projects/[A-Za-z0-9:.-]+/locations/[A-Za-z0-9-]+")
_QUEUE = re.compile(_LOCATION.pattern + r"/queues/[A-Za-z0-9-]{1,100}")
_TASK_ID = re.compile(r"[A-Za-z0-9_-]{1,500}")


def check_location(name: str) -> str:
    """`name` if it names a location; else INVALID_ARGUMENT."""
    if not _LOCATION.fullmatch(name):
        raise invalid("Invalid resource field value in the request.")
    return name


def check_queue(name: str) -> str:
    """`name` if it names a queue; else INVALID_ARGUMENT."""
    if not _QUEUE.fullmatch(name):
        raise invalid(
            "Queue name must be formatted: "
            '"projects/<PROJECT_ID>/locations/<LOCATION_ID>/queues/<QUEUE_ID>".'
        )
    return name


def split_task(name: str) -> tuple[str, str]:
    """The queue's name and the task's id; INVALID_ARGUMENT for a malformed name."""
    queue, separator, task_id = name.partition("/tasks/")
    if not separator or not _QUEUE.fullmatch(queue):
        raise invalid(
            "Task name must be formatted: "
            '"projects/<PROJECT_ID>/locations/<LOCATION_ID>/queues/<QUEUE_ID>/tasks/<TASK_ID>"'
        )
    if not _TASK_ID.fullmatch(task_id):
        raise invalid(
            f'Task ID "{task_id}" can contain only letters ([A-Za-z]), numbers ([0-9]), hyphens '
            "(-), or underscores (_). Task ID must between 1 and 500 characters."
        )
    return queue, task_id


def short(name: str) -> str:
    """The last part of a resource name, as the dispatch headers give it."""
    return name.rpartition("/")[2]
