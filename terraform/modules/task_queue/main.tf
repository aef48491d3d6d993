locals {
  name = "${var.region.key}-${var.name}"
}

resource "google_cloud_tasks_queue" "this" {
  project  = var.project.id
  location = var.region.location
  name     = local.name

  rate_limits {
    max_dispatches_per_second = var.rate.per_second
    max_concurrent_dispatches = var.rate.concurrent
  }

  retry_config {
    max_attempts  = var.retry.attempts
    min_backoff   = "${var.retry.least}s"
    max_backoff   = "${var.retry.most}s"
    max_doublings = 10
  }

  stackdriver_logging_config {
    sampling_ratio = 1
  }
}

# Whom Cloud Tasks says it is when it calls.
resource "google_service_account" "caller" {
  project      = var.project.id
  account_id   = "${local.name}-call"
  display_name = "Cloud Tasks, queue ${local.name}"
}

resource "google_cloud_tasks_queue_iam_member" "enqueuer" {
  for_each = var.enqueuers

  project  = var.project.id
  location = var.region.location
  name     = google_cloud_tasks_queue.this.name
  role     = "roles/cloudtasks.enqueuer"
  member   = "serviceAccount:${each.value}"
}

# Who makes a task names the account that it runs as, and must be allowed to.
resource "google_service_account_iam_member" "enqueuer" {
  for_each = var.enqueuers

  service_account_id = google_service_account.caller.name
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:${each.value}"
}
