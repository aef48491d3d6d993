"""The gRPC surface: google.cloud.tasks.v2.CloudTasks, one function a method."""

import base64
import binascii
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import grpc
from google.cloud import tasks_v2

from emulators.cloud_tasks import names, parse, render
from emulators.cloud_tasks.driver import Driver
from emulators.cloud_tasks.model import QueueSettings
from emulators.cloud_tasks.refusal import RefusedError, invalid, unsupported
from emulators.cloud_tasks.registry import Registry

T = TypeVar("T")

_MAX_QUEUES_A_PAGE = 9800
_MAX_TASKS_A_PAGE = 1000


def create_queue(
    registry: Registry, now: datetime, request: tasks_v2.CreateQueueRequest
) -> tasks_v2.Queue:
    """Creates a queue, running, with defaults for what is unset."""
    parent = names.check_location(request.parent)
    settings = parse.queue_settings(request.queue)
    if not settings.name.startswith(f"{parent}/"):
        raise invalid(f"{settings.name} must begin with {parent}.")
    return render.queue(registry.create(settings, now).settings)


def get_queue(registry: Registry, _: datetime, request: tasks_v2.GetQueueRequest) -> tasks_v2.Queue:
    """Gets a queue."""
    return render.queue(registry.get(names.check_queue(request.name)).settings)


def list_queues(
    registry: Registry, _: datetime, request: tasks_v2.ListQueuesRequest
) -> tasks_v2.ListQueuesResponse:
    """Lists the queues of a location by name."""
    if request.filter:
        raise unsupported("ListQueuesRequest.filter")
    queues = [
        render.queue(queue.settings)
        for queue in registry.of_location(names.check_location(request.parent))
    ]
    chosen, token = _page(queues, request.page_size, request.page_token, _MAX_QUEUES_A_PAGE)
    return tasks_v2.ListQueuesResponse(queues=chosen, next_page_token=token)


def update_queue(
    registry: Registry, now: datetime, request: tasks_v2.UpdateQueueRequest
) -> tasks_v2.Queue:
    """Updates the fields in the mask; creates the queue if there is none."""
    name = names.check_queue(request.queue.name)
    known = registry.queues.get(name)
    current = render.queue(known.settings if known else QueueSettings(name))
    settings = parse.queue_settings(parse.merged(current, request))
    return render.queue(registry.configure(settings, now).settings)


def delete_queue(registry: Registry, now: datetime, request: tasks_v2.DeleteQueueRequest) -> None:
    """Deletes a queue with its tasks."""
    registry.delete(names.check_queue(request.name), now)


def purge_queue(
    registry: Registry, now: datetime, request: tasks_v2.PurgeQueueRequest
) -> tasks_v2.Queue:
    """Deletes all tasks of a queue, at once where the service takes up to a minute."""
    return render.queue(registry.purge(names.check_queue(request.name), now).settings)


def pause_queue(
    registry: Registry, _: datetime, request: tasks_v2.PauseQueueRequest
) -> tasks_v2.Queue:
    """Stops dispatching."""
    return render.queue(registry.pause(names.check_queue(request.name), paused=True).settings)


def resume_queue(
    registry: Registry, _: datetime, request: tasks_v2.ResumeQueueRequest
) -> tasks_v2.Queue:
    """Goes on dispatching."""
    return render.queue(registry.pause(names.check_queue(request.name), paused=False).settings)


def list_tasks(
    registry: Registry, now: datetime, request: tasks_v2.ListTasksRequest
) -> tasks_v2.ListTasksResponse:
    """Lists the tasks of a queue by name."""
    queue = registry.get(names.check_queue(request.parent))
    chosen, token = _page(
        queue.by_name(now), request.page_size, request.page_token, _MAX_TASKS_A_PAGE
    )
    return tasks_v2.ListTasksResponse(
        tasks=[render.task(task, request.response_view) for task in chosen],
        next_page_token=token,
    )


def get_task(registry: Registry, now: datetime, request: tasks_v2.GetTaskRequest) -> tasks_v2.Task:
    """Gets a task that has not completed."""
    queue, _ = names.split_task(request.name)
    return render.task(registry.get(queue).get(request.name, now), request.response_view)


def create_task(
    registry: Registry, now: datetime, request: tasks_v2.CreateTaskRequest
) -> tasks_v2.Task:
    """Adds a task to a queue."""
    task = parse.new_task(request, now)
    registry.get(request.parent).add(task, now)
    return render.task(task, request.response_view)


def delete_task(registry: Registry, now: datetime, request: tasks_v2.DeleteTaskRequest) -> None:
    """Deletes a task; an attempt under way goes on and its end is ignored."""
    queue, _ = names.split_task(request.name)
    registry.get(queue).delete(request.name, now)


def run_task(registry: Registry, now: datetime, request: tasks_v2.RunTaskRequest) -> tasks_v2.Task:
    """Dispatches a task now, whatever its schedule, the limits and the queue's state."""
    queue, _ = names.split_task(request.name)
    registry.force(queue, request.name, now)
    return render.task(registry.get(queue).get(request.name, now), request.response_view)


@dataclass(frozen=True, slots=True)
class _Method:
    perform: Callable[[Registry, datetime, Any], Any]
    request: Any
    response: Any | None = None


_METHODS = {
    "CreateQueue": _Method(create_queue, tasks_v2.CreateQueueRequest, tasks_v2.Queue),
    "GetQueue": _Method(get_queue, tasks_v2.GetQueueRequest, tasks_v2.Queue),
    "ListQueues": _Method(list_queues, tasks_v2.ListQueuesRequest, tasks_v2.ListQueuesResponse),
    "UpdateQueue": _Method(update_queue, tasks_v2.UpdateQueueRequest, tasks_v2.Queue),
    "DeleteQueue": _Method(delete_queue, tasks_v2.DeleteQueueRequest),
    "PurgeQueue": _Method(purge_queue, tasks_v2.PurgeQueueRequest, tasks_v2.Queue),
    "PauseQueue": _Method(pause_queue, tasks_v2.PauseQueueRequest, tasks_v2.Queue),
    "ResumeQueue": _Method(resume_queue, tasks_v2.ResumeQueueRequest, tasks_v2.Queue),
    "ListTasks": _Method(list_tasks, tasks_v2.ListTasksRequest, tasks_v2.ListTasksResponse),
    "GetTask": _Method(get_task, tasks_v2.GetTaskRequest, tasks_v2.Task),
    "CreateTask": _Method(create_task, tasks_v2.CreateTaskRequest, tasks_v2.Task),
    "DeleteTask": _Method(delete_task, tasks_v2.DeleteTaskRequest),
    "RunTask": _Method(run_task, tasks_v2.RunTaskRequest, tasks_v2.Task),
}


def handler(driver: Driver) -> grpc.GenericRpcHandler:
    """The service for a grpc.Server; methods that are not here answer UNIMPLEMENTED."""
    return grpc.method_handlers_generic_handler(
        "google.cloud.tasks.v2.CloudTasks",
        {name: _rpc(driver, method) for name, method in _METHODS.items()},
    )


def _rpc(driver: Driver, method: _Method) -> grpc.RpcMethodHandler:
    def answer(request: Any, context: grpc.ServicerContext) -> Any:
        try:
            return driver.call(lambda registry, now: method.perform(registry, now, request))
        except RefusedError as error:
            return context.abort(error.code, error.message)

    return grpc.unary_unary_rpc_method_handler(
        answer,
        request_deserializer=method.request.deserialize,
        # google.protobuf.Empty has no bytes
        response_serializer=method.response.serialize if method.response else lambda _: b"",
    )


def _page(items: Sequence[T], size: int, token: str, largest: int) -> tuple[list[T], str]:
    """The page after `token` of `items`, which are sorted by name, and the next token."""
    if size < 0:
        raise invalid("Page size cannot be negative.")
    after = _decode_token(token)
    rest = [item for item in items if _name(item) > after]
    chosen = rest[: min(size or largest, largest)]
    if len(chosen) == len(rest):
        return chosen, ""
    return chosen, base64.urlsafe_b64encode(_name(chosen[-1]).encode()).decode()


def _name(item: Any) -> str:
    return str(item.name)


def _decode_token(token: str) -> str:
    try:
        return base64.b64decode(token, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        raise invalid("Invalid page token.") from None
