mock_provider "google" {}

variables {
  project  = { id = "sellin-dev", number = "123456789012" }
  region   = { key = "eu", location = "europe-west1" }
  name     = "reconcile"
  url      = "https://eu-reconcile-123456789012.europe-west1.run.app"
  schedule = "* * * * *"
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "job" {
  command = apply

  assert {
    condition     = google_cloud_scheduler_job.this.http_target[0].uri == "https://eu-reconcile-123456789012.europe-west1.run.app/v1/reconcile"
    error_message = "The job calls the function's route."
  }
  assert {
    condition     = google_cloud_scheduler_job.this.http_target[0].oidc_token[0].audience == var.url && google_cloud_scheduler_job.this.http_target[0].oidc_token[0].service_account_email == google_service_account.caller.email
    error_message = "The job proves who it is to this function."
  }
}

run "no_schedule" {
  command = plan
  variables {
    schedule = "every minute"
  }
  expect_failures = [var.schedule]
}
