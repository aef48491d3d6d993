"""From the client's messages to the emulator's model; INVALID_ARGUMENT where the service says so.

Limits: https://cloud.google.com/tasks/docs/quotas and the comments of google.cloud.tasks.v2.
"""

import uuid
from datetime import UTC, datetime, timedelta

from google.cloud import tasks_v2

from emulators.cloud_tasks import names
from emulators.cloud_tasks.model import HttpRequest, OidcToken, QueueSettings, Task
from emulators.cloud_tasks.rate import RateLimits
from emulators.cloud_tasks.refusal import invalid, unsupported
from emulators.cloud_tasks.retry import RetryPolicy

MAX_TASK_BYTES = 1024 * 1024
MAX_HEADER_BYTES = 80 * 1024
MAX_URL_LENGTH = 2083
MAX_SCHEDULE_AHEAD = timedelta(hours=720)
DEFAULT_DEADLINE = timedelta(minutes=10)
MIN_DEADLINE = timedelta(seconds=15)
MAX_DEADLINE = timedelta(minutes=30)

_METHODS_WITH_BODY = {"POST", "PUT", "PATCH"}
_OUTPUT_ONLY = {"name", "state", "purge_time"}


def queue_settings(queue: tasks_v2.Queue) -> QueueSettings:
    """The settings of a queue; what is unset gets the service's default."""
    if "http_target" in queue:
        raise unsupported("Queue.http_target")
    if "app_engine_routing_override" in queue:
        raise unsupported("Queue.app_engine_routing_override")
    return QueueSettings(
        name=names.check_queue(queue.name),
        limits=_rate_limits(queue.rate_limits),
        retry=_retry_policy(queue.retry_config),
        log_ratio=queue.stackdriver_logging_config.sampling_ratio,
    )


def merged(current: tasks_v2.Queue, request: tasks_v2.UpdateQueueRequest) -> tasks_v2.Queue:
    """`current` with the fields that the request's mask names; all of them for an empty mask."""
    update, mask = request.queue, request.update_mask
    if not mask.paths:
        return update
    descriptor = tasks_v2.Queue.pb(update).DESCRIPTOR
    if not mask.IsValidForDescriptor(descriptor):
        raise invalid("Invalid field mask in the request.")
    if locked := _OUTPUT_ONLY.intersection(path.partition(".")[0] for path in mask.paths):
        raise invalid(f"Queue.{min(locked)} cannot be updated.")
    result = tasks_v2.Queue(current)
    mask.MergeMessage(
        tasks_v2.Queue.pb(update),
        tasks_v2.Queue.pb(result),
        replace_message_field=True,
        replace_repeated_field=True,
    )
    return result


def new_task(request: tasks_v2.CreateTaskRequest, now: datetime) -> Task:
    """The task that CreateTask asks for, with a made-up name if it has none."""
    task = request.task
    queue = names.check_queue(request.parent)
    name = task.name or f"{queue}/tasks/{uuid.uuid4().int >> 65}"
    named_queue, _ = names.split_task(name)
    if named_queue != queue:
        raise invalid(
            f"The queue name from request ('{queue}') must be the same as the queue name in the "
            f"named task ('{named_queue}')."
        )
    if tasks_v2.Task.pb(task).ByteSize() > MAX_TASK_BYTES:
        raise invalid("Task size too large")
    if "app_engine_http_request" in task:
        raise unsupported("App Engine tasks")
    if "http_request" not in task:
        raise invalid("Task.message_type is required.")
    return Task(
        name=name,
        request=_http_request(task.http_request),
        created=now,
        scheduled=_schedule(task, now),
        deadline=_deadline(task),
        retry=_retry_policy(task.retry_config) if "retry_config" in task else None,
    )


def _rate_limits(limits: tasks_v2.RateLimits) -> RateLimits:
    rate, concurrent = limits.max_dispatches_per_second, limits.max_concurrent_dispatches
    if rate < 0:
        raise invalid("RateLimits.maxDispatchesPerSecond cannot be negative.")
    if rate > 500:
        raise invalid("RateLimits.maxDispatchesPerSecond must be less than or equal to 500.")
    if concurrent < 0:
        raise invalid("RateLimits.maxConcurrentDispatches cannot be negative.")
    if concurrent > 5000:
        raise invalid("RateLimits.maxConcurrentDispatches must be less than or equal to 5000.")
    default = RateLimits()
    return RateLimits(rate or default.per_second, concurrent or default.concurrent)


def _retry_policy(config: tasks_v2.RetryConfig) -> RetryPolicy:
    if config.max_attempts < -1:
        raise invalid("RetryConfig.maxAttempts must be greater or equal to -1.")
    if config.max_doublings < 0:
        raise invalid("RetryConfig.maxDoublings cannot be negative.")
    for field, duration in (
        ("maxRetryDuration", config.max_retry_duration),
        ("minBackoff", config.min_backoff),
        ("maxBackoff", config.max_backoff),
    ):
        if duration < timedelta():
            raise invalid(f"RetryConfig.{field} cannot be negative.")
    default = RetryPolicy()
    policy = RetryPolicy(
        max_attempts=config.max_attempts or default.max_attempts,
        max_retry_duration=config.max_retry_duration,
        min_backoff=config.min_backoff or default.min_backoff,
        max_backoff=config.max_backoff or default.max_backoff,
        max_doublings=config.max_doublings or default.max_doublings,
    )
    if policy.min_backoff > policy.max_backoff:
        raise invalid(
            "RetryConfig.minBackoff must be less than or equal to RetryConfig.maxBackoff."
        )
    return policy


def _http_request(request: tasks_v2.HttpRequest) -> HttpRequest:
    if not request.url:
        raise invalid("HttpRequest.url is required.")
    if not request.url.startswith(("http://", "https://")):
        raise invalid("HttpTarget.url must start with 'http://' or 'https://'.")
    if len(request.url) > MAX_URL_LENGTH:
        raise invalid(f"HttpRequest.url must be at most {MAX_URL_LENGTH} characters.")
    if sum(len(key) + len(value) for key, value in request.headers.items()) >= MAX_HEADER_BYTES:
        raise invalid("HttpRequest.headers must be less than 80KB.")
    method = _method(request.http_method)
    if request.body and method not in _METHODS_WITH_BODY:
        raise invalid(f"HttpRequest.body is not allowed with {method}, only POST, PUT and PATCH.")
    return HttpRequest(
        url=request.url,
        method=method,
        headers=dict(request.headers) | {"User-Agent": "Google-Cloud-Tasks"},
        body=request.body,
        oidc=_oidc(request),
    )


def _method(method: int) -> str:
    if method == tasks_v2.HttpMethod.HTTP_METHOD_UNSPECIFIED:
        return "POST"
    try:
        return str(tasks_v2.HttpMethod(method).name)
    except ValueError:
        raise invalid(f"HttpRequest.httpMethod {method} is unknown.") from None


def _oidc(request: tasks_v2.HttpRequest) -> OidcToken | None:
    if "oauth_token" in request:
        raise unsupported("HttpRequest.oauth_token")
    if "oidc_token" not in request:
        return None
    if not request.oidc_token.service_account_email:
        raise invalid("OidcToken.serviceAccountEmail is required.")
    return OidcToken(
        email=request.oidc_token.service_account_email,
        audience=request.oidc_token.audience or request.url,
    )


def _schedule(task: tasks_v2.Task, now: datetime) -> datetime:
    if "schedule_time" not in task:
        return now
    # The client's DatetimeWithNanoseconds has finer ticks than what the service keeps.
    wanted = datetime.fromtimestamp(0, UTC) + timedelta(
        microseconds=tasks_v2.Task.pb(task).schedule_time.ToMicroseconds()
    )
    if wanted > now + MAX_SCHEDULE_AHEAD:
        raise invalid(
            f"The Task.scheduleTime, {wanted.isoformat()}, is too far in the future. "
            "Schedule time must be no more than 720h in the future."
        )
    return max(wanted, now)


def _deadline(task: tasks_v2.Task) -> timedelta:
    deadline: timedelta = task.dispatch_deadline
    if not deadline:
        return DEFAULT_DEADLINE
    if not MIN_DEADLINE <= deadline <= MAX_DEADLINE:
        raise invalid("Task.dispatchDeadline must be between [15s, 30m].")
    return timedelta(milliseconds=deadline // timedelta(milliseconds=1))
