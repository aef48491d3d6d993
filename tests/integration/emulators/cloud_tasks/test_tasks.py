"""Task methods, called by the official client."""

from datetime import timedelta

import pytest
from google.api_core import exceptions
from google.cloud import tasks_v2

from emulators.cloud_tasks.queue import NAME_RESERVED
from tests.integration.emulators.cloud_tasks.support import LOCATION, START, World

FULL = tasks_v2.Task.View.FULL
BASIC = tasks_v2.Task.View.BASIC
EXPORTER = "exporter@sellin-test.iam.gserviceaccount.com"


def test_a_new_task_has_the_services_defaults(world: World) -> None:
    world.pause()
    task = world.add()
    assert task.name.startswith(f"{world.queue}/tasks/")
    assert task.http_request.http_method is tasks_v2.HttpMethod.POST
    assert task.http_request.headers == {"User-Agent": "Google-Cloud-Tasks"}
    assert task.create_time == START.replace(microsecond=0)
    assert task.schedule_time == START
    assert task.dispatch_deadline == timedelta(minutes=10)
    assert (task.dispatch_count, task.response_count) == (0, 0)
    assert "first_attempt" not in task
    assert "last_attempt" not in task


def test_the_body_is_in_the_full_view_only(world: World) -> None:
    world.pause()
    created = world.add("one")
    assert (created.view, created.http_request.body) == (BASIC, b"")
    full = world.client.get_task(request={"name": created.name, "response_view": FULL})
    assert (full.view, full.http_request.body) == (FULL, b"{}")
    listing = {"parent": world.queue, "response_view": FULL}
    assert [task.http_request.body for task in world.client.list_tasks(request=listing)] == [b"{}"]
    assert [task.http_request.body for task in world.client.list_tasks(parent=world.queue)] == [b""]


def test_the_audience_is_the_url_unless_given(world: World) -> None:
    world.pause()
    request = {"url": world.target.url, "oidc_token": {"service_account_email": EXPORTER}}
    token = world.add(http_request=request).http_request.oidc_token
    assert (token.service_account_email, token.audience) == (EXPORTER, world.target.url)


def test_a_name_in_use_is_refused(world: World) -> None:
    world.pause()
    world.add("one")
    with pytest.raises(exceptions.AlreadyExists, match="Requested entity already exists"):
        world.add("one")


def test_a_completed_tasks_name_is_reserved_for_a_day(world: World) -> None:
    world.add("one")
    world.wait_until_gone("one")
    world.advance(NAME_RESERVED - timedelta(microseconds=1))
    with pytest.raises(exceptions.AlreadyExists, match="existed too recently"):
        world.add("one")
    with pytest.raises(exceptions.NotFound, match="no longer exists"):
        world.client.get_task(name=world.name("one"))
    world.advance(timedelta(microseconds=1))
    world.add("one")


def test_a_deleted_task_is_gone_and_its_name_reserved(world: World) -> None:
    world.pause()
    world.add("one")
    world.client.delete_task(name=world.name("one"))
    for method in (world.client.get_task, world.client.delete_task, world.client.run_task):
        with pytest.raises(exceptions.NotFound, match="no longer exists"):
            method(name=world.name("one"))
    with pytest.raises(exceptions.AlreadyExists, match="existed too recently"):
        world.add("one")


def test_purging_removes_all_tasks(world: World) -> None:
    world.pause()
    for number in range(3):
        world.add(f"task-{number}")
    assert world.client.purge_queue(name=world.queue).purge_time == START
    assert list(world.client.list_tasks(parent=world.queue)) == []


def test_unknown_tasks_are_not_found(world: World) -> None:
    for method in (world.client.get_task, world.client.delete_task, world.client.run_task):
        with pytest.raises(exceptions.NotFound, match="Requested entity was not found"):
            method(name=world.name("unknown"))
    missing_queue = f"{LOCATION}/queues/unknown"
    with pytest.raises(exceptions.NotFound, match="Queue does not exist"):
        world.client.create_task(
            parent=missing_queue,
            task=tasks_v2.Task(http_request=tasks_v2.HttpRequest(url=world.target.url)),
        )


@pytest.mark.parametrize("task_id", ["a b", "a/b", "ä", "a" * 501])
def test_malformed_task_ids_are_refused(world: World, task_id: str) -> None:
    with pytest.raises(exceptions.InvalidArgument, match="Task ID"):
        world.add(task_id)


def test_a_task_id_may_have_500_characters(world: World) -> None:
    world.pause()
    assert world.add("a" * 500).name == world.name("a" * 500)


def test_task_names_must_be_of_their_queue(world: World) -> None:
    with pytest.raises(exceptions.InvalidArgument, match="must be the same as the queue name"):
        world.add(name=f"{LOCATION}/queues/other/tasks/one")
    with pytest.raises(exceptions.InvalidArgument, match="Task name must be formatted"):
        world.add(name="one")


@pytest.mark.parametrize(
    ("request_fields", "message"),
    [
        ({"url": ""}, "url is required"),
        ({"url": "ftp://localhost/"}, "must start with"),
        ({"url": "http://localhost/" + "a" * 2067}, "2083"),
        ({"body": b"x" * 1024 * 1024}, "Task size too large"),
        ({"headers": {"X-Long": "x" * 80 * 1024}}, "80KB"),
        ({"http_method": "GET"}, "body is not allowed with GET"),
        ({"http_method": "DELETE"}, "body is not allowed with DELETE"),
        ({"oidc_token": {"audience": "https://example.com"}}, "serviceAccountEmail"),
    ],
)
def test_requests_that_cannot_be_sent_are_refused(
    world: World, request_fields: dict[str, object], message: str
) -> None:
    request = {"url": world.target.url, "body": b"{}"} | request_fields
    with pytest.raises(exceptions.InvalidArgument, match=message):
        world.add(http_request=request)


@pytest.mark.filterwarnings("ignore:Unrecognized HttpMethod")
def test_unknown_methods_and_missing_requests_are_refused(world: World) -> None:
    with pytest.raises(exceptions.InvalidArgument, match="99"):
        world.add(http_request={"url": world.target.url, "http_method": 99})
    with pytest.raises(exceptions.InvalidArgument, match="message_type"):
        world.client.create_task(parent=world.queue, task=tasks_v2.Task())


def test_kinds_of_tasks_that_the_emulator_lacks_are_said(world: World) -> None:
    with pytest.raises(exceptions.MethodNotImplemented, match="App Engine"):
        world.client.create_task(
            parent=world.queue, task=tasks_v2.Task(app_engine_http_request={"relative_uri": "/"})
        )
    oauth = {"url": world.target.url, "oauth_token": {"service_account_email": EXPORTER}}
    with pytest.raises(exceptions.MethodNotImplemented, match="oauth_token"):
        world.add(http_request=oauth)


def test_a_task_can_be_scheduled_720_hours_ahead_and_no_more(world: World) -> None:
    latest = START + timedelta(hours=720)
    assert world.add(schedule_time=latest).schedule_time == latest
    with pytest.raises(exceptions.InvalidArgument, match="no more than 720h in the future"):
        world.add(schedule_time=latest + timedelta(microseconds=1))


def test_a_schedule_in_the_past_becomes_now(world: World) -> None:
    world.pause()
    assert world.add(schedule_time=START - timedelta(days=1)).schedule_time == START


@pytest.mark.parametrize(
    ("seconds", "allowed"), [(14, False), (15, True), (1800, True), (1801, False)]
)
def test_the_dispatch_deadline_has_limits(world: World, seconds: int, allowed: bool) -> None:
    world.pause()
    deadline = timedelta(seconds=seconds)
    if allowed:
        assert world.add(dispatch_deadline=deadline).dispatch_deadline == deadline
    else:
        with pytest.raises(exceptions.InvalidArgument, match=r"between \[15s, 30m\]"):
            world.add(dispatch_deadline=deadline)


def test_tasks_are_listed_page_by_page_even_if_some_vanish_meanwhile(world: World) -> None:
    world.pause()
    for number in range(7):
        world.add(f"task-{number}")
    pages = world.client.list_tasks(request={"parent": world.queue, "page_size": 3}).pages
    first = next(iter(pages))
    world.client.delete_task(name=first.tasks[0].name)
    rest = [task.name for page in pages for task in page.tasks]
    assert [task.name for task in first.tasks] == [world.name(f"task-{n}") for n in range(3)]
    assert rest == [world.name(f"task-{n}") for n in range(3, 7)]
