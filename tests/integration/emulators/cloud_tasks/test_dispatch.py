"""What the target of a task receives, and what its answers lead to."""

from datetime import UTC, datetime, timedelta

import pytest
from google.auth.transport.requests import Request
from google.cloud import tasks_v2
from google.oauth2 import id_token

from emulators.cloud_tasks.dispatch import retry_after
from tests.integration.emulators.cloud_tasks.support import HANG, START, World
from tests.support.wait import wait_until

EXPORTER = "exporter@sellin-test.iam.gserviceaccount.com"
LONG = timedelta(hours=2)


def test_the_request_is_the_tasks(world: World) -> None:
    request = {
        "url": f"{world.target.url}/export?order=1",
        "http_method": "PUT",
        "headers": {
            "Content-Type": "application/json",
            "X-Order": "1",
            "X-CloudTasks-TaskName": "forged",
            "User-Agent": "forged",
        },
        "body": b'{"order":"1"}',
    }
    world.add("one", http_request=request)
    (received,) = world.wait_for_requests(1)
    assert (received.method, received.path) == ("PUT", "/export?order=1")
    assert received.body == b'{"order":"1"}'
    assert received.headers["Content-Type"] == "application/json"
    assert received.headers["X-Order"] == "1"
    assert received.headers["User-Agent"] == "Google-Cloud-Tasks"
    assert received.headers["X-CloudTasks-QueueName"] == "export-orders"
    assert received.headers["X-CloudTasks-TaskName"] == "one"
    assert received.headers["X-CloudTasks-TaskRetryCount"] == "0"
    assert received.headers["X-CloudTasks-TaskExecutionCount"] == "0"
    assert received.headers["X-CloudTasks-TaskETA"] == f"{START.timestamp():.6f}"
    assert "X-CloudTasks-TaskPreviousResponse" not in received.headers
    assert "Authorization" not in received.headers
    world.wait_until_gone("one")


def test_nothing_is_added_to_a_bare_request(world: World) -> None:
    world.add(http_request={"url": world.target.url, "http_method": "GET"})
    (received,) = world.wait_for_requests(1)
    assert (received.method, received.body) == ("GET", b"")
    assert "Content-Type" not in received.headers


@pytest.mark.parametrize("audience", ["", "https://export.example.com"])
def test_the_token_passes_googles_verification(world: World, audience: str) -> None:
    token = {"service_account_email": EXPORTER, "audience": audience}
    world.add(http_request={"url": world.target.url, "oidc_token": token})
    (received,) = world.wait_for_requests(1)
    scheme, _, bearer = received.headers["Authorization"].partition(" ")
    assert scheme == "Bearer"
    claims = id_token.verify_token(
        bearer,
        Request(),
        audience=audience or world.target.url,
        certs_url=world.emulator.certs_url,
    )
    assert (claims["email"], claims["email_verified"]) == (EXPORTER, True)


def test_retries_tell_what_happened_before(world: World) -> None:
    # The answers and what follows each are a recording of the real service.
    world.target.statuses = [503, 404, 429, 500, 302]
    world.add("one")
    for attempt in range(1, 6):
        world.wait_for_answers("one", attempt)
        world.advance(LONG)
    world.wait_until_gone("one")
    headers = [received.headers for received in world.wait_for_requests(6)]
    told = [
        (
            each["X-CloudTasks-TaskRetryCount"],
            each["X-CloudTasks-TaskExecutionCount"],
            each.get("X-CloudTasks-TaskPreviousResponse"),
            each.get("X-CloudTasks-TaskRetryReason"),
        )
        for each in headers
    ]
    assert told == [
        ("0", "0", None, None),
        ("1", "0", "503", ""),
        ("2", "1", "404", ""),
        ("3", "2", "429", ""),
        ("4", "2", "500", ""),
        ("5", "3", "302", ""),
    ]


def test_the_task_tells_its_attempts(world: World) -> None:
    world.target.statuses = [500, 503]
    world.add("one")
    world.wait_for_answers("one", 1)
    world.advance(LONG)
    task = world.wait_for_answers("one", 2)
    assert (task.dispatch_count, task.response_count) == (2, 2)
    assert task.first_attempt.dispatch_time == START
    assert "response_time" not in task.first_attempt
    assert task.last_attempt.dispatch_time == START + LONG
    assert task.last_attempt.response_status.message == "UNAVAILABLE(14): HTTP status code 503"
    # 503 doubles the backoff of the second retry.
    assert task.schedule_time == START + LONG + timedelta(milliseconds=400)


def test_retry_after_is_obeyed(world: World) -> None:
    world.target.statuses = [429]
    world.target.response_headers = {"Retry-After": "90"}
    world.add("one")
    assert world.wait_for_answers("one", 1).schedule_time == START + timedelta(seconds=90)


def test_a_task_is_given_up_after_its_attempts(world: World) -> None:
    world.client.update_queue(
        queue=tasks_v2.Queue(name=world.queue, retry_config={"max_attempts": 2})
    )
    world.target.statuses = [500] * 10
    world.add("one")
    world.wait_for_answers("one", 1)
    world.advance(LONG)
    world.wait_until_gone("one")
    world.wait_for_requests(2)


def test_an_unreachable_target_is_a_failed_attempt(world: World) -> None:
    world.add("one", http_request={"url": "http://127.0.0.1:1/"})
    task = world.wait_for_answers("one", 1)
    assert (task.dispatch_count, task.response_count) == (1, 0)
    assert task.last_attempt.response_status.code == 14


def test_no_answer_by_the_deadline_is_a_failed_attempt(world: World) -> None:
    world.target.statuses = [HANG]
    world.add("one", dispatch_deadline=timedelta(seconds=15))
    world.wait_for_requests(1)
    world.advance(timedelta(seconds=15))
    task = world.wait_for_answers("one", 1)
    assert task.response_count == 0
    assert task.last_attempt.response_status.code == 4
    world.advance(LONG)
    world.wait_until_gone("one")
    headers = world.wait_for_requests(2)[1].headers
    assert headers["X-CloudTasks-TaskPreviousResponse"] == "504"


def test_a_scheduled_task_waits_for_its_time(world: World) -> None:
    world.add("later", schedule_time=START + timedelta(hours=1))
    world.add("now")
    world.wait_until_gone("now")
    world.advance(timedelta(hours=1))
    world.wait_until_gone("later")
    names = [each.headers["X-CloudTasks-TaskName"] for each in world.wait_for_requests(2)]
    assert names == ["now", "later"]


def test_a_paused_queue_dispatches_when_it_is_resumed_or_told_to_run(world: World) -> None:
    world.pause()
    world.add("forced")
    world.add("waiting")
    running = world.client.run_task(name=world.name("forced"))
    assert running.dispatch_count == 1
    world.wait_until_gone("forced")
    world.wait_for_requests(1)
    world.client.resume_queue(name=world.queue)
    world.wait_until_gone("waiting")
    world.wait_for_requests(2)


def test_a_deleted_task_is_not_retried(world: World) -> None:
    world.target.statuses = [HANG]
    world.add("one")
    world.wait_for_requests(1)
    world.client.delete_task(name=world.name("one"))
    world.target.release.set()
    world.advance(LONG)
    world.add("two")
    world.wait_until_gone("two")
    world.wait_for_requests(2)


def test_concurrent_dispatches_are_limited(world: World) -> None:
    world.client.update_queue(
        queue=tasks_v2.Queue(name=world.queue, rate_limits={"max_concurrent_dispatches": 2})
    )
    world.target.statuses = [HANG, HANG]
    for number in range(4):
        world.add(f"task-{number}")
    world.wait_for_requests(2)
    running = [task for task in world.client.list_tasks(parent=world.queue) if task.dispatch_count]
    assert len(running) == 2
    world.target.release.set()
    world.wait_for_requests(4)


def test_a_burst_arrives_completely_and_once(world: World) -> None:
    orders = {f"order-{number:03}" for number in range(200)}
    for order in sorted(orders):
        world.add(order)
    wait_until(lambda: not list(world.client.list_tasks(parent=world.queue)), what="an empty queue")
    names = [each.headers["X-CloudTasks-TaskName"] for each in world.target.received]
    assert sorted(names) == sorted(orders)


def test_retry_after_is_read_as_seconds_or_date() -> None:
    now = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
    assert retry_after("120", now) == timedelta(minutes=2)
    assert retry_after("Sun, 22 Nov 2026 12:01:00 GMT", now) == timedelta(minutes=1)
    assert retry_after("Sun, 22 Nov 2026 11:00:00 GMT", now) == timedelta()
    assert retry_after("soon", now) is None
    assert retry_after(None, now) is None
