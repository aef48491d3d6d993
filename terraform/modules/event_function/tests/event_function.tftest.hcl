mock_provider "google" {}

variables {
  project  = { id = "sellin-dev", number = "123456789012" }
  region   = { key = "na", location = "us-central1" }
  name     = "sync_prices"
  topic    = "sap-prices"
  archive  = { bucket = "sources", object = "sync_prices-0.zip" }
  build    = { account = "builder@p.iam.gserviceaccount.com", repository = "projects/p/locations/l/repositories/r" }
  database = "sellin-na"
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "delivery" {
  command = apply

  assert {
    condition     = google_pubsub_subscription.this.dead_letter_policy[0].dead_letter_topic == google_pubsub_topic.dead.id
    error_message = "What can't be delivered goes to the dead-letter topic."
  }
  assert {
    condition     = google_pubsub_topic_iam_member.dead_letter_publisher.topic == google_pubsub_topic.dead.name && google_pubsub_topic_iam_member.dead_letter_publisher.member == "serviceAccount:service-123456789012@gcp-sa-pubsub.iam.gserviceaccount.com"
    error_message = "Pub/Sub may publish dead letters."
  }
  assert {
    condition     = google_pubsub_subscription_iam_member.dead_letter_subscriber.subscription == google_pubsub_subscription.this.name && google_pubsub_subscription_iam_member.dead_letter_subscriber.member == google_pubsub_topic_iam_member.dead_letter_publisher.member
    error_message = "Pub/Sub may take a dead letter out of the subscription."
  }
  assert {
    condition     = google_pubsub_subscription.dead.topic == google_pubsub_topic.dead.id && google_pubsub_subscription.dead.expiration_policy[0].ttl == ""
    error_message = "Dead letters are kept though nobody looks."
  }
  assert {
    condition     = google_pubsub_subscription.this.push_config[0].oidc_token[0].audience == module.function.url && google_pubsub_subscription.this.push_config[0].oidc_token[0].service_account_email == google_service_account.caller.email && output.caller == "na-sync-prices-call@sellin-dev.iam.gserviceaccount.com"
    error_message = "Pub/Sub proves who it is to this function."
  }
  assert {
    condition     = google_pubsub_subscription.this.enable_message_ordering
    error_message = "Messages about one record come one after the other."
  }
  assert {
    condition     = google_service_account.caller.account_id != "na-sync-prices"
    error_message = "The caller's account is not the function's."
  }
  assert {
    condition     = google_service_account_iam_member.caller_token.role == "roles/iam.serviceAccountOpenIdTokenCreator"
    error_message = "Pub/Sub may speak as the caller, and no more."
  }
  assert {
    condition     = google_pubsub_topic.this.name == "na-sap-prices" && toset(google_pubsub_topic.this.message_storage_policy[0].allowed_persistence_regions) == toset(["us-central1"])
    error_message = "Messages stay in their region."
  }
}

run "encrypted" {
  command = plan
  variables {
    kms_key = "projects/sellin-dev/locations/us-central1/keyRings/sellin/cryptoKeys/data"
  }

  assert {
    condition     = google_pubsub_topic.this.kms_key_name == var.kms_key && google_pubsub_topic.dead.kms_key_name == var.kms_key
    error_message = "The key encrypts messages, those that failed too."
  }
}

run "by_googles_keys" {
  command = plan

  assert {
    condition     = google_pubsub_topic.this.kms_key_name == null && google_pubsub_topic.dead.kms_key_name == null
    error_message = "Without a key Google's encrypt."
  }
}
