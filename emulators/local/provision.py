"""What Terraform makes in the cloud, made locally: topics, subscriptions, queue, accounts."""

import contextlib
import datetime
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from google.api_core.exceptions import AlreadyExists
from google.auth.credentials import AnonymousCredentials
from google.cloud.firestore import Client

from emulators.demo.approvals import policy_of
from emulators.local.environment import emulator_hosts
from emulators.local.plan import PROJECT, QUEUE, REGION, TOPIC_TO_FUNCTION, VAT_QUEUE, Plan
from shared.approval import repository as approvals
from shared.company import repository as companies
from shared.identity.caller import Role
from shared.person.granting import grant
from shared.person.model import Person
from shared.store import to_document

_ACK_DEADLINE_SECONDS = 60
# Without a retry policy the emulator tries again every second; with one it gives up without
# a word after three times, so that a function's restart would lose messages.
_DELIVERY_ATTEMPTS = 100


def dead_letter_topic(topic: str) -> str:
    """The name of the topic that takes what could not be delivered from `topic`."""
    return f"{topic}-dead"


def delivery(endpoint: str, dead_letters: str) -> dict[str, Any]:
    """How a subscription pushes to its function's endpoint."""
    return {
        "push_config": {"push_endpoint": endpoint},
        "ack_deadline_seconds": _ACK_DEADLINE_SECONDS,
        "enable_message_ordering": True,
        "dead_letter_policy": {
            "dead_letter_topic": dead_letters,
            "max_delivery_attempts": _DELIVERY_ATTEMPTS,
        },
    }


def make_topics(plan: Plan) -> None:
    """Makes every topic, its dead-letter topic, what holds its dead letters, and a push subscription
    per function."""
    from google.cloud.pubsub_v1 import PublisherClient, SubscriberClient  # noqa: PLC0415

    os.environ.update(emulator_hosts(plan))
    publisher, subscriber = PublisherClient(), SubscriberClient()
    with subscriber:
        for topic, function in TOPIC_TO_FUNCTION.items():
            path = publisher.topic_path(PROJECT, topic)
            dead = publisher.topic_path(PROJECT, dead_letter_topic(topic))
            publisher.create_topic(name=path)
            publisher.create_topic(name=dead)
            held = subscriber.subscription_path(PROJECT, dead_letter_topic(topic))
            subscriber.create_subscription(name=held, topic=dead)
            subscriber.create_subscription(
                request={
                    "name": subscriber.subscription_path(PROJECT, function),
                    "topic": path,
                    **delivery(f"{plan.url('push')}/push/{function}", dead),
                }
            )
    publisher.stop()


def make_queues(plan: Plan) -> None:
    """Makes the queue of orders for SAP and that of questions for VIES; kept ones stay as they are."""
    import grpc  # noqa: PLC0415
    from google.cloud import tasks_v2  # noqa: PLC0415
    from google.cloud.tasks_v2.services.cloud_tasks.transports import (  # noqa: PLC0415
        CloudTasksGrpcTransport,
    )

    channel = grpc.insecure_channel(plan.address("tasks"))
    client = tasks_v2.CloudTasksClient(transport=CloudTasksGrpcTransport(channel=channel))
    exports = tasks_v2.Queue(
        name=QUEUE,
        rate_limits=tasks_v2.RateLimits(max_dispatches_per_second=50, max_concurrent_dispatches=10),
        retry_config=tasks_v2.RetryConfig(
            max_attempts=-1,
            min_backoff=datetime.timedelta(seconds=1),
            max_backoff=datetime.timedelta(seconds=60),
            max_doublings=6,
        ),
    )
    # Sooner again than in the cloud, where VIES is others', too.
    checks = tasks_v2.Queue(
        name=VAT_QUEUE,
        rate_limits=tasks_v2.RateLimits(max_dispatches_per_second=10, max_concurrent_dispatches=2),
        retry_config=tasks_v2.RetryConfig(
            max_attempts=12,
            min_backoff=datetime.timedelta(seconds=2),
            max_backoff=datetime.timedelta(seconds=60),
            max_doublings=6,
        ),
    )
    with client:
        for queue in (exports, checks):
            with contextlib.suppress(AlreadyExists):
                client.create_queue(parent=f"projects/{PROJECT}/locations/{REGION}", queue=queue)


def claims(person: dict[str, Any]) -> dict[str, Any]:
    """The custom claims of one of accounts.json's people."""
    brand = {"brand_role": person["brand_role"]} if person["brand_role"] else {}
    return {"full_name": person["name"], **brand}


def make_rules(db: Client, system: str, now: datetime.datetime) -> None:
    """Stores the rules by which one company's orders wait, as its admin would."""
    policy = policy_of(system, now)
    document = to_document(policy)
    approvals.policy_reference(db, policy.company).set(document)
    approvals.revision_reference(db, policy.company, policy.revision).set(document)
    companies.reference(db, policy.company).set({"approval_rules": True}, merge=True)


def make_accounts(plan: Plan, people: Iterable[dict[str, Any]]) -> None:
    """Makes the people's accounts in the Auth emulator, and lets them into their companies."""
    import firebase_admin  # noqa: PLC0415
    from firebase_admin import auth  # noqa: PLC0415

    os.environ.update(emulator_hosts(plan))
    app = firebase_admin.initialize_app(options={"projectId": PROJECT}, name="provision")
    db = Client(project=PROJECT, credentials=AnonymousCredentials())
    now = datetime.datetime.now(datetime.UTC)

    def make(person: dict[str, Any]) -> None:
        user = auth.create_user(
            email=person["email"],
            email_verified=True,
            password=person["password"],
            display_name=person["name"],
            app=app,
        )
        auth.set_custom_user_claims(user.uid, claims(person), app=app)
        if person["companies"]:
            one = Person(uid=user.uid, email=person["email"], name=person["name"])
            roles = {id_: Role(role) for id_, role in person["companies"].items()}
            grant(db, one, roles, "", now, lambda _: None)

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(make, people))
    make_rules(db, plan.system, now)
    firebase_admin.delete_app(app)
    db.close()
