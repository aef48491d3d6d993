"""Queue methods, called by the official client."""

from datetime import timedelta

import pytest
from google.api_core import exceptions
from google.cloud import tasks_v2
from google.protobuf import field_mask_pb2  # type: ignore[import-untyped]

from emulators.cloud_tasks.registry import QUEUE_NAME_RESERVED
from tests.integration.emulators.cloud_tasks.support import LOCATION, World

Queue = tasks_v2.Queue


def test_a_new_queue_runs_with_the_defaults(world: World) -> None:
    queue = world.client.get_queue(name=world.queue)
    assert queue.state is Queue.State.RUNNING
    assert queue.rate_limits.max_dispatches_per_second == 500
    assert queue.rate_limits.max_concurrent_dispatches == 1000
    assert queue.retry_config.max_attempts == 100
    assert queue.retry_config.min_backoff == timedelta(milliseconds=100)
    assert queue.retry_config.max_backoff == timedelta(hours=1)
    assert queue.retry_config.max_doublings == 16
    assert not queue.purge_time


def test_creating_a_queue_twice_is_refused(world: World) -> None:
    with pytest.raises(exceptions.AlreadyExists, match="Queue already exists"):
        world.client.create_queue(parent=LOCATION, queue=Queue(name=world.queue))


def test_a_deleted_queues_name_is_reserved(world: World) -> None:
    world.add("one")
    world.client.delete_queue(name=world.queue)
    with pytest.raises(exceptions.NotFound, match="Queue does not exist"):
        world.client.get_queue(name=world.queue)
    world.advance(QUEUE_NAME_RESERVED - timedelta(microseconds=1))
    with pytest.raises(exceptions.FailedPrecondition, match="existed too recently"):
        world.client.create_queue(parent=LOCATION, queue=Queue(name=world.queue))
    with pytest.raises(exceptions.FailedPrecondition, match="existed too recently"):
        world.client.update_queue(queue=Queue(name=world.queue))
    world.advance(timedelta(microseconds=1))
    world.client.create_queue(parent=LOCATION, queue=Queue(name=world.queue))
    assert list(world.client.list_tasks(parent=world.queue)) == []


def test_what_is_not_there_is_not_found(world: World) -> None:
    name = f"{LOCATION}/queues/unknown"
    for method in (
        world.client.get_queue,
        world.client.pause_queue,
        world.client.resume_queue,
        world.client.purge_queue,
    ):
        with pytest.raises(exceptions.NotFound, match="Queue does not exist"):
            method(name=name)
    with pytest.raises(exceptions.NotFound, match="Requested entity was not found"):
        world.client.delete_queue(name=name)
    with pytest.raises(exceptions.NotFound, match="Queue does not exist"):
        list(world.client.list_tasks(parent=name))


@pytest.mark.parametrize(
    "name",
    ["export", f"{LOCATION}/queues/", f"{LOCATION}/queues/a_b", f"{LOCATION}/queues/{'a' * 101}"],
)
def test_malformed_queue_names_are_refused(world: World, name: str) -> None:
    with pytest.raises(exceptions.InvalidArgument, match="Queue name must be formatted"):
        world.client.create_queue(parent=LOCATION, queue=Queue(name=name))


def test_a_queue_must_lie_in_its_location(world: World) -> None:
    elsewhere = "projects/sellin-test/locations/us-central1"
    with pytest.raises(exceptions.InvalidArgument, match=f"must begin with {elsewhere}"):
        world.client.create_queue(parent=elsewhere, queue=Queue(name=f"{LOCATION}/queues/other"))
    with pytest.raises(exceptions.InvalidArgument, match="Invalid resource field value"):
        world.client.create_queue(parent="nowhere", queue=Queue(name=f"{LOCATION}/queues/other"))


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"rate_limits": {"max_dispatches_per_second": -1}}, "cannot be negative"),
        ({"rate_limits": {"max_dispatches_per_second": 501}}, "less than or equal to 500"),
        ({"rate_limits": {"max_concurrent_dispatches": -1}}, "cannot be negative"),
        ({"rate_limits": {"max_concurrent_dispatches": 5001}}, "less than or equal to 5000"),
        ({"retry_config": {"max_attempts": -2}}, "greater or equal to -1"),
        ({"retry_config": {"max_doublings": -1}}, "maxDoublings cannot be negative"),
        ({"retry_config": {"min_backoff": timedelta(seconds=-1)}}, "minBackoff cannot be negative"),
        (
            {"retry_config": {"min_backoff": timedelta(hours=2)}},
            "less than or equal to RetryConfig",
        ),
    ],
)
def test_settings_out_of_range_are_refused(
    world: World, settings: dict[str, object], message: str
) -> None:
    with pytest.raises(exceptions.InvalidArgument, match=message):
        world.client.update_queue(queue=Queue({"name": world.queue} | settings))


@pytest.mark.parametrize("field", ["http_target", "app_engine_routing_override"])
def test_what_the_emulator_lacks_is_said(world: World, field: str) -> None:
    queue = Queue({"name": world.queue, field: {}})
    with pytest.raises(exceptions.MethodNotImplemented, match=field):
        world.client.update_queue(queue=queue)
    with pytest.raises(exceptions.MethodNotImplemented):
        world.client.get_iam_policy(request={"resource": world.queue})


def test_an_update_touches_the_masked_fields_only(world: World) -> None:
    world.client.update_queue(
        queue=Queue(name=world.queue, retry_config={"max_attempts": 5, "max_doublings": 3})
    )
    world.pause()
    updated = world.client.update_queue(
        queue=Queue(
            name=world.queue,
            rate_limits={"max_dispatches_per_second": 7},
            retry_config={"max_attempts": 9, "max_doublings": 9},
        ),
        update_mask=field_mask_pb2.FieldMask(
            paths=["rate_limits.max_dispatches_per_second", "retry_config.max_attempts"]
        ),
    )
    assert updated.rate_limits.max_dispatches_per_second == 7
    assert updated.rate_limits.max_concurrent_dispatches == 1000
    assert (updated.retry_config.max_attempts, updated.retry_config.max_doublings) == (9, 3)
    assert updated.state is Queue.State.PAUSED
    assert world.client.get_queue(name=world.queue) == updated


def test_a_masked_field_that_is_unset_goes_back_to_its_default(world: World) -> None:
    world.client.update_queue(queue=Queue(name=world.queue, retry_config={"max_attempts": 5}))
    updated = world.client.update_queue(
        queue=Queue(name=world.queue),
        update_mask=field_mask_pb2.FieldMask(paths=["retry_config"]),
    )
    assert updated.retry_config.max_attempts == 100


@pytest.mark.parametrize("path", ["state", "purge_time", "name", "colour"])
def test_masks_of_fields_that_nobody_may_set_are_refused(world: World, path: str) -> None:
    with pytest.raises(exceptions.InvalidArgument):
        world.client.update_queue(
            queue=Queue(name=world.queue), update_mask=field_mask_pb2.FieldMask(paths=[path])
        )


def test_updating_an_unknown_queue_creates_it(world: World) -> None:
    name = f"{LOCATION}/queues/by-update"
    world.client.update_queue(queue=Queue(name=name, retry_config={"max_attempts": 5}))
    assert world.client.get_queue(name=name).retry_config.max_attempts == 5


def test_pause_and_resume_change_the_state_only(world: World) -> None:
    before = world.client.get_queue(name=world.queue)
    assert world.client.pause_queue(name=world.queue).state is Queue.State.PAUSED
    assert world.client.resume_queue(name=world.queue) == before


def test_queues_are_listed_page_by_page(world: World) -> None:
    other_location = "projects/sellin-test/locations/us-central1"
    world.client.create_queue(
        parent=other_location, queue=Queue(name=f"{other_location}/queues/other")
    )
    names = {world.queue} | {f"{LOCATION}/queues/q-{number}" for number in range(6)}
    for name in names - {world.queue}:
        world.client.create_queue(parent=LOCATION, queue=Queue(name=name))
    pages = list(world.client.list_queues(request={"parent": LOCATION, "page_size": 3}).pages)
    assert [len(page.queues) for page in pages] == [3, 3, 1]
    assert {queue.name for page in pages for queue in page.queues} == names


@pytest.mark.parametrize("wrong", [{"page_size": -1}, {"page_token": "?"}])
def test_wrong_paging_is_refused(world: World, wrong: dict[str, object]) -> None:
    with pytest.raises(exceptions.InvalidArgument):
        world.client.list_queues(request={"parent": LOCATION} | wrong)
