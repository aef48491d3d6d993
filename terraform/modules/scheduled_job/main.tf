locals {
  name = "${var.region.key}-${replace(var.name, "_", "-")}"
}

# Whom Cloud Scheduler says it is when it calls.
resource "google_service_account" "caller" {
  project      = var.project.id
  account_id   = "${local.name}-call"
  display_name = "Cloud Scheduler, calling ${local.name}"
}

resource "google_cloud_scheduler_job" "this" {
  project          = var.project.id
  region           = var.region.location
  name             = local.name
  description      = "Calls functions/${var.name}"
  schedule         = var.schedule
  time_zone        = "Etc/UTC"
  attempt_deadline = "60s"

  # The next time comes soon enough.
  retry_config {
    retry_count = 0
  }

  http_target {
    http_method = "POST"
    uri         = "${var.url}/v1/${var.name}"
    oidc_token {
      service_account_email = google_service_account.caller.email
      audience              = var.url
    }
  }
}
