locals {
  prefix       = "${var.region.key}-"
  name         = "${local.prefix}${replace(var.name, "_", "-")}"
  agent        = "serviceAccount:service-${var.project.number}@gcp-sa-pubsub.iam.gserviceaccount.com"
  labels       = merge(var.labels, { function = var.name, region = var.region.key })
  week_seconds = "604800s"
  # Made of its parts, so that a plan shows it before the account exists.
  caller = "${local.name}-call@${var.project.id}.iam.gserviceaccount.com"
}

# Whom Pub/Sub says it is when it calls the function.
resource "google_service_account" "caller" {
  project      = var.project.id
  account_id   = "${local.name}-call"
  display_name = "Pub/Sub, calling ${local.name}"
}

resource "google_service_account_iam_member" "caller_token" {
  service_account_id = google_service_account.caller.name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = local.agent
}

# Nested, so that what holds for every function is said once. It has no Eventarc trigger:
# a trigger's subscription is Google's own, and would take no dead letter.
module "function" {
  source = "../http_function"

  project     = var.project
  region      = var.region
  name        = var.name
  archive     = var.archive
  build       = var.build
  database    = var.database
  caller      = local.caller
  environment = var.environment
  log_level   = var.log_level
  scale       = var.scale
  kms_key     = var.kms_key
  labels      = var.labels

  depends_on = [google_service_account.caller]
}

# Without a schema: IDocs come as XML or JSON, in shapes that no Avro record names. What its
# function can't understand is quarantined there, with the reasons.
resource "google_pubsub_topic" "this" {
  #checkov:skip=CKV_GCP_83:A key of one's own is the operator's choice (kms_key); Google's encrypts them otherwise
  project      = var.project.id
  name         = "${local.prefix}${var.topic}"
  labels       = local.labels
  kms_key_name = var.kms_key
  # What was acknowledged can be sought back to and replayed.
  message_retention_duration = local.week_seconds

  message_storage_policy {
    allowed_persistence_regions = [var.region.location]
  }
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = var.publishers

  project = var.project.id
  topic   = google_pubsub_topic.this.name
  role    = "roles/pubsub.publisher"
  member  = "serviceAccount:${each.value}"
}

resource "google_pubsub_topic" "dead" {
  #checkov:skip=CKV_GCP_83:A key of one's own is the operator's choice (kms_key); Google's encrypts them otherwise
  project                    = var.project.id
  name                       = "${google_pubsub_topic.this.name}-dead"
  kms_key_name               = var.kms_key
  labels                     = local.labels
  message_retention_duration = local.week_seconds

  message_storage_policy {
    allowed_persistence_regions = [var.region.location]
  }
}

# Keeps dead letters until somebody has dealt with them; the longest that Pub/Sub keeps any.
resource "google_pubsub_subscription" "dead" {
  project                    = var.project.id
  name                       = google_pubsub_topic.dead.name
  topic                      = google_pubsub_topic.dead.id
  labels                     = local.labels
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}

resource "google_pubsub_subscription_iam_member" "dead_letter_reader" {
  for_each = var.dead_letter_readers

  project      = var.project.id
  subscription = google_pubsub_subscription.dead.name
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:${each.value}"
}

# Messages about one record (the publisher's ordering key) come one after the other, so that
# they don't meet in the function; it bears any order nevertheless. One that fails holds up
# those of its key, and no others, until it is delivered or becomes a dead letter.
resource "google_pubsub_subscription" "this" {
  project                    = var.project.id
  name                       = local.name
  topic                      = google_pubsub_topic.this.id
  labels                     = local.labels
  ack_deadline_seconds       = 60
  enable_message_ordering    = true
  message_retention_duration = local.week_seconds

  push_config {
    push_endpoint = module.function.url
    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = module.function.url
    }
  }

  retry_policy {
    minimum_backoff = "1s"
    maximum_backoff = "60s"
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.dead.id
    max_delivery_attempts = 20
  }

  expiration_policy {
    ttl = ""
  }
}

# Without these two Pub/Sub keeps trying for ever, and says nothing.
resource "google_pubsub_topic_iam_member" "dead_letter_publisher" {
  project = var.project.id
  topic   = google_pubsub_topic.dead.name
  role    = "roles/pubsub.publisher"
  member  = local.agent
}

resource "google_pubsub_subscription_iam_member" "dead_letter_subscriber" {
  project      = var.project.id
  subscription = google_pubsub_subscription.this.name
  role         = "roles/pubsub.subscriber"
  member       = local.agent
}
