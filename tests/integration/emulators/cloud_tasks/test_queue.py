"""The state machine of a queue, driven through time without waiting."""

from dataclasses import replace
from datetime import datetime, timedelta

import grpc
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from emulators.cloud_tasks.model import Dispatch, DispatchOutcome, HttpRequest, QueueSettings, Task
from emulators.cloud_tasks.queue import NAME_RESERVED, RETENTION, Queue
from emulators.cloud_tasks.rate import RateLimits
from emulators.cloud_tasks.refusal import RefusedError
from emulators.cloud_tasks.retry import RetryPolicy, backoff
from tests.integration.emulators.cloud_tasks.support import LOCATION, START

NAME = f"{LOCATION}/queues/export-orders"
REQUEST = HttpRequest("http://localhost/", "POST", {}, b"", None)
OK, ERROR = DispatchOutcome(200, answered=True), DispatchOutcome(500, answered=True)
ONE = f"{NAME}/tasks/one"


def make_task(name: str, now: datetime, delay: timedelta = timedelta()) -> Task:
    return Task(name, REQUEST, now, now + delay, timedelta(seconds=15))


def make_queue(**fields: object) -> Queue:
    return Queue(replace(QueueSettings(NAME), **fields))  # type: ignore[arg-type]


def only(queue: Queue, now: datetime) -> Dispatch:
    (dispatch,) = queue.start_due(now)
    return dispatch


def test_a_task_starts_at_its_schedule_time_and_not_before() -> None:
    queue = make_queue()
    queue.add(make_task(ONE, START, timedelta(minutes=5)), START)
    due = START + timedelta(minutes=5)
    assert queue.wake_at() == due
    assert list(queue.start_due(due - timedelta(microseconds=1))) == []
    assert only(queue, due).number == 1


def test_a_failed_task_follows_the_backoff_until_its_attempts_are_used_up() -> None:
    policy = RetryPolicy(max_attempts=6, max_doublings=2)
    queue, now = make_queue(retry=policy), START
    queue.add(make_task(ONE, now), now)
    for retry in range(1, policy.max_attempts + 1):
        dispatch = only(queue, now)
        assert dispatch.number == retry
        queue.finish(ONE, retry, ERROR, now)
        if retry < policy.max_attempts:
            assert queue.wake_at() == now + backoff(policy, retry)
            now += backoff(policy, retry)
    assert queue.tasks == {}
    assert queue.wake_at() is None


def test_a_tasks_own_retry_rules_win() -> None:
    queue = make_queue()
    queue.add(replace(make_task(ONE, START), retry=RetryPolicy(max_attempts=1)), START)
    queue.finish(ONE, only(queue, START).number, ERROR, START)
    assert queue.tasks == {}


def test_a_missed_deadline_is_a_failed_attempt_whose_late_answer_is_ignored() -> None:
    queue = make_queue()
    queue.add(make_task(ONE, START), START)
    only(queue, START)
    late = START + timedelta(seconds=15)
    assert queue.wake_at() == late
    assert queue.expire(late - timedelta(microseconds=1)) == []
    assert queue.expire(late) == [(ONE, 1)]
    queue.finish(ONE, 1, OK, late)
    task = queue.get(ONE, late)
    assert (task.previous_status, task.responses, task.executions) == (504, 0, 0)
    assert task.scheduled == late + backoff(queue.settings.retry, 1)


def test_concurrency_is_limited() -> None:
    queue = make_queue(limits=RateLimits(concurrent=2))
    for number in range(5):
        queue.add(make_task(f"{NAME}/tasks/{number}", START), START)
    first = list(queue.start_due(START))
    assert len(first) == 2
    assert list(queue.start_due(START)) == []
    queue.finish(first[0].task, 1, OK, START)
    assert len(list(queue.start_due(START))) == 1


def test_dispatches_are_limited_to_a_burst_and_then_the_rate() -> None:
    queue = make_queue(limits=RateLimits(per_second=2))
    for number in range(15):
        queue.add(make_task(f"{NAME}/tasks/{number:02}", START), START)
    assert len(list(queue.start_due(START))) == queue.settings.limits.burst
    half_a_second = timedelta(milliseconds=500)
    assert queue.wake_at() == START + half_a_second
    assert len(list(queue.start_due(START + half_a_second))) == 1


def test_forcing_ignores_schedule_limits_and_pause() -> None:
    queue = make_queue(paused=True, limits=RateLimits(concurrent=1))
    for name in ("one", "two"):
        queue.add(make_task(f"{NAME}/tasks/{name}", START, timedelta(days=1)), START)
    assert queue.force(ONE, START).number == 1
    assert queue.force(f"{NAME}/tasks/two", START).number == 1


def test_a_forced_attempt_that_fails_is_retried_counting_from_its_start() -> None:
    queue = make_queue()
    queue.add(make_task(ONE, START, timedelta(days=1)), START)
    queue.force(ONE, START)
    queue.finish(ONE, 1, ERROR, START + timedelta(milliseconds=60))
    assert queue.get(ONE, START).scheduled == START + timedelta(milliseconds=100)


@pytest.mark.parametrize("end", ["completed", "deleted", "purged"])
def test_a_name_is_reserved_for_a_while_after_its_task(end: str) -> None:
    queue = make_queue()
    queue.add(make_task(ONE, START), START)
    if end == "completed":
        queue.finish(ONE, only(queue, START).number, OK, START)
    elif end == "deleted":
        queue.delete(ONE, START)
    else:
        queue.purge(START)
    free = START + NAME_RESERVED
    with pytest.raises(RefusedError) as refused:
        queue.add(make_task(ONE, START), free - timedelta(microseconds=1))
    assert refused.value.code is grpc.StatusCode.ALREADY_EXISTS
    queue.add(make_task(ONE, free), free)


def test_a_task_is_dropped_after_31_days() -> None:
    queue = make_queue(paused=True)
    queue.add(make_task(ONE, START), START)
    assert queue.by_name(START + RETENTION - timedelta(microseconds=1))
    assert queue.by_name(START + RETENTION) == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 100), min_size=1, max_size=30))
def test_tasks_start_in_the_order_of_their_schedule(delays: list[int]) -> None:
    queue = make_queue()
    for number, delay in enumerate(delays):
        task = make_task(f"{NAME}/tasks/{number}", START, timedelta(seconds=delay))
        queue.add(task, START)
    started, now = [], START
    while (wake := queue.wake_at()) is not None:
        now = max(now, wake)
        for dispatch in queue.start_due(now):
            started.append(dispatch.scheduled)
            queue.finish(dispatch.task, dispatch.number, OK, now)
    assert started == sorted(START + timedelta(seconds=delay) for delay in delays)


class AnyHistory(RuleBasedStateMachine):
    """Whatever happens in whatever order, no task is lost, doubled or started too early."""

    def __init__(self) -> None:
        super().__init__()
        self.queue = make_queue(
            limits=RateLimits(per_second=5, concurrent=3), retry=RetryPolicy(max_attempts=-1)
        )
        self.now = START
        self.running: list[Dispatch] = []
        self.alive: set[str] = set()
        self.made = 0

    @rule(delay=st.integers(0, 20))
    def add(self, delay: int) -> None:
        self.made += 1
        name = f"{NAME}/tasks/{self.made}"
        self.queue.add(make_task(name, self.now, timedelta(seconds=delay)), self.now)
        self.alive.add(name)

    @rule(milliseconds=st.integers(1, 20_000))
    def wait(self, milliseconds: int) -> None:
        self.now += timedelta(milliseconds=milliseconds)
        late = self.queue.expire(self.now)
        self.running = [run for run in self.running if (run.task, run.number) not in late]
        self.start()

    @rule()
    def start(self) -> None:
        before = {run.task for run in self.running}
        for dispatch in self.queue.start_due(self.now):
            assert dispatch.scheduled <= self.now
            assert dispatch.task in self.alive - before
            assert not self.queue.settings.paused
            self.running.append(dispatch)
        assert len(self.running) <= self.queue.settings.limits.concurrent

    @precondition(lambda self: self.running)
    @rule(data=st.data(), status=st.sampled_from([200, 204, 302, 404, 429, 500, 503]))
    def answer(self, data: st.DataObject, status: int) -> None:
        dispatch = self.running.pop(data.draw(st.integers(0, len(self.running) - 1)))
        self.queue.finish(
            dispatch.task, dispatch.number, DispatchOutcome(status, answered=True), self.now
        )
        if status < 300:
            self.alive.discard(dispatch.task)

    @precondition(lambda self: self.alive)
    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.alive)))
        self.queue.delete(name, self.now)
        self.alive.remove(name)

    @rule(paused=st.booleans())
    def pause(self, paused: bool) -> None:
        self.queue.settings = replace(self.queue.settings, paused=paused)

    @invariant()
    def nothing_lost(self) -> None:
        assert set(self.queue.tasks) == self.alive

    @invariant()
    def will_wake_while_there_is_work(self) -> None:
        if self.alive and not self.queue.settings.paused:
            assert self.queue.wake_at() is not None

    def teardown(self) -> None:
        """Every task that is left completes once the target works."""
        self.pause(paused=False)
        while self.alive:
            for dispatch in self.running:
                self.queue.finish(dispatch.task, dispatch.number, OK, self.now)
                self.alive.discard(dispatch.task)
            self.running = []
            self.now = max(self.now, self.queue.wake_at() or self.now)
            self.start()


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(deadline=None)
