"""What Terraform would make of the production environment, against what the code expects."""

import json
import re
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from emulators.local import provision
from emulators.local.environment import LIBRARIES, settings_of
from emulators.local.plan import PUBLIC_SERVICES, TOPIC_TO_FUNCTION, functions_present
from infra import password_policy
from infra.terraform_check import Providers, copied, providers
from shared.queue import DISPATCH_SECONDS
from tests.support.cloud_plan import Cloud, resources_of

pytestmark = pytest.mark.xdist_group("terraform")

PROD = Path(__file__).resolve().parents[2] / "terraform" / "environments" / "prod" / "main.tf"
REGIONS = tuple(re.findall(r"^    ([a-z]{2,3}) = \{$", PROD.read_text(), re.MULTILINE))
LOCAL_STATE = 'terraform {\n  backend "local" {}\n}\n'
KEPT = ("google_firestore_", "google_storage_bucket", "google_secret_manager_", "google_pubsub_")


@pytest.fixture(scope="module")
def cloud() -> Iterator[Cloud]:
    source = providers()
    if source is None:
        pytest.skip("Terraform's providers can't be reached")
    # Plans without a cloud; the provider wants to see some token.
    source = Providers(source.source, {**source.environment, "GOOGLE_OAUTH_ACCESS_TOKEN": "none"})
    with copied() as root:
        folder = root / "environments" / "prod"
        (folder / "local_override.tf").write_text(LOCAL_STATE)
        real = source.source == "the registry"
        made = Cloud(folder, source, applied=not real)
        made.run("init", "-input=false")
        made.run("plan", "-input=false", "-out=first")
        (folder / "first.json").write_text(made.run("show", "-json", "first"))
        if made.applied:
            made.run("apply", "-input=false", "first")
        yield made


@pytest.fixture
def applied(cloud: Cloud) -> Cloud:
    if not cloud.applied:
        pytest.skip("applying needs a cloud, or the stand-in for it")
    return cloud


def _environment(function: dict[str, Any]) -> dict[str, str]:
    config = function["service_config"][0]
    secrets = {secret["key"]: "{}" for secret in config["secret_environment_variables"]}
    return {**config["environment_variables"], **secrets}


def test_each_region_runs_every_function_with_exactly_its_settings(cloud: Cloud) -> None:
    functions = {
        (values["labels"]["region"], values["labels"]["function"]): values
        for values in cloud.of("google_cloudfunctions2_function")
    }
    assert set(functions) == {(key, name) for key in REGIONS for name in functions_present()}
    for (_, name), values in functions.items():
        settings, environment = settings_of(name), _environment(values)
        named = {field.upper() for field in settings.model_fields}
        assert environment.items() >= LIBRARIES.items(), name
        assert set(environment) - set(LIBRARIES) == named, name
        settings.load(environment)


def test_only_the_portals_functions_let_everybody_in_and_are_routed_to(cloud: Cloud) -> None:
    public = {f"{key}-{service}" for key in REGIONS for service in PUBLIC_SERVICES}
    grants = cloud.of("google_cloud_run_v2_service_iam_member")
    assert {grant["name"] for grant in grants if grant["member"] == "allUsers"} == public
    everybody = [
        found["address"]
        for found in cloud.planned
        if found["values"].get("member") in {"allUsers", "allAuthenticatedUsers"}
    ]
    assert len(everybody) == len(public)
    ingress = {
        values["name"]: values["service_config"][0]["ingress_settings"]
        for values in cloud.of("google_cloudfunctions2_function")
    }
    assert {
        name for name, allowed in ingress.items() if allowed == "ALLOW_INTERNAL_AND_GCLB"
    } == public
    assert set(ingress.values()) == {"ALLOW_INTERNAL_AND_GCLB", "ALLOW_INTERNAL_ONLY"}
    behind = {
        values["cloud_run"][0]["service"]
        for values in cloud.of("google_compute_region_network_endpoint_group")
    }
    assert behind == public


def test_no_account_is_made_twice_and_none_is_the_projects_own(cloud: Cloud) -> None:
    accounts = [values["account_id"] for values in cloud.of("google_service_account")]
    assert len(accounts) == len(set(accounts))
    assert {
        f"{key}-{name.replace('_', '-')}" for key in REGIONS for name in functions_present()
    } <= set(accounts)
    for values in cloud.of("google_cloudfunctions2_function"):
        assert values["build_config"][0].get("service_account") != ""
    assert not cloud.of("google_service_account_key")


def test_the_password_policy_that_is_set_is_the_one_that_is_looked_for(cloud: Cloud) -> None:
    (job,) = [
        values
        for values in cloud.of("google_cloud_scheduler_job")
        if values["name"] == "sign-in-settings"
    ]
    told = json.loads(b64decode(job["http_target"][0]["body"]))["passwordPolicyConfig"]
    said = {
        "enforcementState": told["passwordPolicyEnforcementState"],
        **told["passwordPolicyVersions"][0],
    }
    config = {"identity": {"accounts": "https://identity.example/v1/accounts", "key": "k"}}

    def ask(url: str, _headers: dict[str, str]) -> bytes:
        return json.dumps(config if url.endswith("/config.json") else said).encode()

    assert password_policy.fault("https://portal.example", ask) == ""


def test_topics_and_subscriptions_are_those_of_the_local_cloud(cloud: Cloud) -> None:
    topics = {values["name"] for values in cloud.of("google_pubsub_topic")}
    subscriptions = {values["name"]: values for values in cloud.of("google_pubsub_subscription")}
    local = provision.delivery("http://127.0.0.1/", "dead")
    assert len(topics) == 2 * len(REGIONS) * len(TOPIC_TO_FUNCTION)
    for key in REGIONS:
        for topic, function in TOPIC_TO_FUNCTION.items():
            dead = f"{key}-{provision.dead_letter_topic(topic)}"
            assert {f"{key}-{topic}", dead} <= topics
            delivery = subscriptions[f"{key}-{function.replace('_', '-')}"]
            for same in ("ack_deadline_seconds", "enable_message_ordering"):
                assert delivery[same] == local[same]
            retry = delivery["retry_policy"][0]
            # Not as locally, where the emulator can't back off (emulators/local/provision.py).
            assert (retry["minimum_backoff"], retry["maximum_backoff"]) == ("1s", "60s")
            assert delivery["dead_letter_policy"][0]["max_delivery_attempts"] == 20
            assert dead in subscriptions


def test_pubsub_may_move_every_message_to_its_dead_letters(cloud: Cloud) -> None:
    agents = re.compile(r"serviceAccount:service-\d+@gcp-sa-pubsub\.iam\.gserviceaccount\.com")

    def granted(kind: str, on: str, role: str) -> set[str]:
        return {
            values[on]
            for values in cloud.of(kind)
            if values["role"] == role and agents.fullmatch(values.get("member", ""))
        }

    pushing = [values for values in cloud.of("google_pubsub_subscription") if values["push_config"]]
    assert len(pushing) == len(REGIONS) * len(TOPIC_TO_FUNCTION)
    taking = granted(
        "google_pubsub_subscription_iam_member", "subscription", "roles/pubsub.subscriber"
    )
    assert taking == {values["name"] for values in pushing}
    publishing = granted("google_pubsub_topic_iam_member", "topic", "roles/pubsub.publisher")
    assert publishing == {
        values["name"]
        for values in cloud.of("google_pubsub_topic")
        if values["name"].endswith("-dead")
    }


def test_who_publishes_to_saps_topics_and_has_orders_exported(cloud: Cloud) -> None:
    """SAP, the desk, from which messages are replayed and orders sent again, and reconcile, which
    replays what waited and has orders exported that are overdue."""

    def named(pattern: str) -> set[tuple[str, ...]]:
        found = (re.search(pattern, each["address"]) for each in cloud.planned)
        return {one.groups() for one in found if one}

    region = r'region\["(.*?)"\]'
    publishers = named(
        rf'{region}.*event_function\["(.*?)"\].*topic_iam_member.publisher\["(.*?)"\]'
    )
    assert publishers == {
        (key, topic, who)
        for key in REGIONS
        for topic in TOPIC_TO_FUNCTION
        for who in ("sap", "operations", "reconcile")
    }
    readers = named(
        rf'{region}.*event_function\["(.*?)"\].*iam_member.dead_letter_reader\["(.*?)"\]'
    )
    assert readers == {(key, topic, "operations") for key in REGIONS for topic in TOPIC_TO_FUNCTION}
    enqueuers = named(rf'{region}.module.queue.*queue_iam_member.enqueuer\["(.*?)"\]')
    assert enqueuers == {
        (key, who) for key in REGIONS for who in ("operations", "orders", "reconcile")
    }


def test_a_function_is_given_longer_than_a_task(cloud: Cloud) -> None:
    exporting = [
        values["service_config"][0]
        for values in cloud.of("google_cloudfunctions2_function")
        if values["labels"]["function"] == "export_order"
    ]
    assert all(config["timeout_seconds"] >= DISPATCH_SECONDS for config in exporting)


def test_every_declared_index_and_exemption_is_made_in_each_region(cloud: Cloud) -> None:
    declared = json.loads(
        (cloud.folder.parents[2] / "infra" / "firestore.indexes.json").read_text()
    )
    indexes = cloud.of("google_firestore_index")
    for key in REGIONS:
        made = {
            (values["collection"], *((f["field_path"], f["order"] or "") for f in values["fields"]))
            for values in indexes
            if values["database"] == f"sellin-{key}"
        }
        wanted = {
            (
                index["collectionGroup"],
                *((f["fieldPath"], f.get("order", "")) for f in index["fields"]),
            )
            for index in declared["indexes"]
        }
        assert made == wanted
    fields = {
        (values["collection"], values["field"]) for values in cloud.of("google_firestore_field")
    }
    assert fields == {
        (field["collectionGroup"], field["fieldPath"]) for field in declared["fieldOverrides"]
    }


@pytest.mark.parametrize(
    ("own", "others"),
    [("eu", ("na-", "sellin-na", "us-central1", "nam5")), ("na", ("eu-", "sellin-eu", "europe-"))],
)
def test_a_region_knows_nothing_of_the_other(
    cloud: Cloud, own: str, others: tuple[str, ...]
) -> None:
    inside = [
        json.dumps(found["values"])
        for found in cloud.planned
        if f'module.region["{own}"]' in found["address"]
    ]
    assert len(inside) > 100
    for text in inside:
        assert not any(f'"{other}' in text or f"/{other}" in text for other in others), text


def test_a_third_region_is_an_entry_of_the_registry_and_arguments(cloud: Cloud) -> None:
    registry = cloud.folder.parents[2] / "infra" / "regions.json"
    main = cloud.folder / "main.tf"
    before = {path: path.read_text() for path in (registry, main)}
    places = {"functions": ["asia-"], "documents": ["asia-"]}
    arguments = """    ap = {
      location  = "asia-northeast1"
      hostname  = "ap.sellin.example"
      documents = { location = "asia-northeast1" }
      sap       = { ranges = ["10.202.2.0/28"], ports = ["3300"], cidr = "10.12.2.0/24", settings = jsonencode({ logical_system = "APPCLNT300", stock = { old_after_hours = 26 }, buyer_texts = {} }) }
    }
"""
    registry.write_text(json.dumps({**json.loads(before[registry]), "ap": places}))
    main.write_text(before[main].replace("  regions = {\n", f"  regions = {{\n{arguments}"))
    try:
        cloud.run("plan", "-input=false", "-state=none", "-out=third")
        plan = json.loads(cloud.run("show", "-json", "third"))
    finally:
        for path, text in before.items():
            path.write_text(text)
    functions = {
        (each["values"]["labels"]["region"], each["values"]["labels"]["function"])
        for each in resources_of(plan["planned_values"]["root_module"])
        if each["type"] == "google_cloudfunctions2_function"
    }
    assert functions == {(key, name) for key in (*REGIONS, "ap") for name in functions_present()}


def test_data_is_protected(cloud: Cloud) -> None:
    for values in cloud.of("google_firestore_database"):
        assert values["delete_protection_state"] == "DELETE_PROTECTION_ENABLED"
        assert values["point_in_time_recovery_enablement"] == "POINT_IN_TIME_RECOVERY_ENABLED"
    for values in cloud.of("google_storage_bucket"):
        assert values["public_access_prevention"] == "enforced"
        assert values["uniform_bucket_level_access"]
        assert values["versioning"][0]["enabled"]
        assert not values["force_destroy"]
    for values in cloud.of("google_secret_manager_secret"):
        assert values["deletion_protection"]


def test_a_second_plan_changes_nothing(applied: Cloud) -> None:
    assert applied.changes("-refresh=true") == {}


def test_another_archive_changes_its_function_only(applied: Cloud) -> None:
    index = applied.folder.parents[2] / "build" / "archives" / "archives.json"
    before = index.read_text()
    index.write_text(json.dumps({**json.loads(before), "carts": "carts-ffffffffffffffff.zip"}))
    try:
        changed = applied.changes("-refresh=false")
    finally:
        index.write_text(before)
    assert {address.rpartition("[")[0].rpartition(".")[2] for address in changed} <= {
        "archive",
        "portal_function",
    }
    assert all('["carts"]' in address for address in changed)
    assert len(changed) == 2 * len(REGIONS)


def test_destroying_a_function_takes_no_data_along(applied: Cloud) -> None:
    target = 'module.sellin.module.region["eu"].module.portal_function["orders"]'
    changed = applied.changes("-refresh=false", "-destroy", f"-target={target}")
    assert f"{target}.google_cloudfunctions2_function.this" in changed
    kept = [found for found in changed.values() if found["type"].startswith(KEPT)]
    # Who may reach data is no data: the next apply grants it again.
    assert not [found["address"] for found in kept if not found["type"].endswith("_iam_member")]


# What keeps something, and the argument that names its key; all that a region makes of it.
ENCRYPTED = {
    "google_artifact_registry_repository": ("kms_key_name",),
    "google_cloudfunctions2_function": ("kms_key_name",),
    "google_firestore_database": ("cmek_config", "kms_key_name"),
    "google_pubsub_topic": ("kms_key_name",),
    "google_secret_manager_secret": (
        "replication",
        "user_managed",
        "replicas",
        "customer_managed_encryption",
        "kms_key_name",
    ),
    "google_storage_bucket": ("encryption", "default_kms_key_name"),
}


def _value(values: Any, path: tuple[str, ...]) -> str | None:
    for name in path:
        values = values[name] if isinstance(values, dict) else None
        if isinstance(values, list):
            values = values[0] if values else None
    found: str | None = values
    return found


def test_without_key_rings_googles_keys_encrypt_all(cloud: Cloud) -> None:
    for kind, path in ENCRYPTED.items():
        assert {_value(values, path) for values in cloud.of(kind)} == {None}, kind
    assert not cloud.of("google_kms_crypto_key")


def test_with_a_key_ring_its_keys_encrypt_all_that_a_region_keeps(cloud: Cloud) -> None:
    main = cloud.folder / "main.tf"
    before = main.read_text()
    ring = 'hostname  = "eu.sellin.example"\n      key_ring  = "ring-eu"'
    main.write_text(before.replace('hostname  = "eu.sellin.example"', ring))
    try:
        cloud.run("plan", "-input=false", "-state=none", "-out=encrypted")
        plan = json.loads(cloud.run("show", "-json", "encrypted"))
    finally:
        main.write_text(before)
    made = list(resources_of(plan["planned_values"]["root_module"]))
    for key, encrypted in (("eu", True), ("na", False)):
        for kind, path in ENCRYPTED.items():
            found = {
                _value(each["values"], path)
                for each in made
                if each["type"] == kind and f'module.region["{key}"]' in each["address"]
            }
            place = "europe" if kind == "google_firestore_database" else "europe-west1"
            name = f"projects/sellin-prod/locations/{place}/keyRings/ring-eu/cryptoKeys/data"
            assert found == {name if encrypted else None}, kind
    (audit,) = [
        each["values"]
        for each in made
        if each["address"].endswith("google_logging_project_bucket_config.audit")
    ]
    assert audit["location"] == "europe-west1"
    assert "/keyRings/ring-eu/" in (_value(audit, ("cmek_settings", "kms_key_name")) or "")
