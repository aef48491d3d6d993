"""From the emulator's model to the messages that the client gets."""

import grpc
from google.cloud import tasks_v2

from emulators.cloud_tasks.model import (
    UNREACHABLE,
    Attempt,
    HttpRequest,
    QueueSettings,
    Task,
)
from emulators.cloud_tasks.retry import RetryPolicy

# google.rpc.Code, which names the HTTP status of each code
_CODES = {
    400: grpc.StatusCode.INVALID_ARGUMENT,
    401: grpc.StatusCode.UNAUTHENTICATED,
    403: grpc.StatusCode.PERMISSION_DENIED,
    404: grpc.StatusCode.NOT_FOUND,
    409: grpc.StatusCode.ABORTED,
    429: grpc.StatusCode.RESOURCE_EXHAUSTED,
    499: grpc.StatusCode.CANCELLED,
    500: grpc.StatusCode.INTERNAL,
    501: grpc.StatusCode.UNIMPLEMENTED,
    UNREACHABLE: grpc.StatusCode.UNAVAILABLE,
    504: grpc.StatusCode.DEADLINE_EXCEEDED,
}


def queue(settings: QueueSettings) -> tasks_v2.Queue:
    """The queue with every default filled in."""
    state = tasks_v2.Queue.State.PAUSED if settings.paused else tasks_v2.Queue.State.RUNNING
    message = tasks_v2.Queue(
        name=settings.name,
        rate_limits=tasks_v2.RateLimits(
            max_dispatches_per_second=settings.limits.per_second,
            max_burst_size=settings.limits.burst,
            max_concurrent_dispatches=settings.limits.concurrent,
        ),
        retry_config=_retry_config(settings.retry),
        state=state,
        purge_time=settings.purged,
    )
    if settings.log_ratio:
        message.stackdriver_logging_config = tasks_v2.StackdriverLoggingConfig(
            sampling_ratio=settings.log_ratio
        )
    return message


def task(task: Task, view: int) -> tasks_v2.Task:
    """The task in BASIC view (without body) unless `view` is FULL."""
    full = view == tasks_v2.Task.View.FULL
    return tasks_v2.Task(
        name=task.name,
        http_request=_http_request(task.request, with_body=full),
        schedule_time=task.scheduled,
        # "truncated to the nearest second"
        create_time=task.created.replace(microsecond=0),
        dispatch_deadline=task.deadline,
        dispatch_count=task.dispatches,
        response_count=task.responses,
        first_attempt=_first_attempt(task),
        last_attempt=_last_attempt(task.last) if task.last else None,
        view=tasks_v2.Task.View.FULL if full else tasks_v2.Task.View.BASIC,
        retry_config=_retry_config(task.retry) if task.retry else None,
    )


def _retry_config(policy: RetryPolicy) -> tasks_v2.RetryConfig:
    return tasks_v2.RetryConfig(
        max_attempts=policy.max_attempts,
        max_retry_duration=policy.max_retry_duration or None,
        min_backoff=policy.min_backoff,
        max_backoff=policy.max_backoff,
        max_doublings=policy.max_doublings,
    )


def _http_request(request: HttpRequest, *, with_body: bool) -> tasks_v2.HttpRequest:
    message = tasks_v2.HttpRequest(
        url=request.url,
        http_method=getattr(tasks_v2.HttpMethod, request.method),
        headers=request.headers,
        body=request.body if with_body else b"",
    )
    if request.oidc:
        message.oidc_token = tasks_v2.OidcToken(
            service_account_email=request.oidc.email, audience=request.oidc.audience
        )
    return message


def _first_attempt(task: Task) -> tasks_v2.Attempt | None:
    if task.first_dispatched is None:
        return None
    return tasks_v2.Attempt(dispatch_time=task.first_dispatched)


def _last_attempt(attempt: Attempt) -> tasks_v2.Attempt:
    message = tasks_v2.Attempt(
        schedule_time=attempt.scheduled,
        dispatch_time=attempt.dispatched,
        response_time=attempt.answered,
    )
    if attempt.status is not None:
        code = _CODES.get(attempt.status, grpc.StatusCode.UNKNOWN)
        number = code.value[0]
        text = f"{code.name}({number}): HTTP status code {attempt.status}"
        message.response_status = {"code": number, "message": text}
    return message
