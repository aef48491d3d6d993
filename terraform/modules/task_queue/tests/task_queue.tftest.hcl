mock_provider "google" {}

variables {
  project   = { id = "sellin-dev", number = "123456789012" }
  region    = { key = "eu", location = "europe-west1" }
  name      = "export-orders"
  enqueuers = { orders = "eu-orders@sellin-dev.iam.gserviceaccount.com" }
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "queue" {
  command = apply

  assert {
    condition     = output.queue == "projects/sellin-dev/locations/europe-west1/queues/eu-export-orders"
    error_message = "The functions' settings hold the queue's resource name."
  }
  assert {
    condition     = google_cloud_tasks_queue.this.retry_config[0].max_attempts == -1
    error_message = "An accepted order is never given up."
  }
  assert {
    condition     = keys(google_cloud_tasks_queue_iam_member.enqueuer) == ["orders"] && keys(google_service_account_iam_member.enqueuer) == ["orders"]
    error_message = "Who enqueues may both put a task in and name its account."
  }
}

run "limited" {
  command = plan
  variables {
    name  = "check-vat-ids"
    rate  = { per_second = 2, concurrent = 2 }
    retry = { attempts = 12, least = 10, most = 3600 }
  }

  assert {
    condition     = google_cloud_tasks_queue.this.retry_config[0].max_attempts == 12 && google_cloud_tasks_queue.this.retry_config[0].min_backoff == "10s" && google_cloud_tasks_queue.this.retry_config[0].max_backoff == "3600s"
    error_message = "Whom others ask, too, is not pressed."
  }
}

run "no_patience" {
  command = plan
  variables {
    retry = { least = 60, most = 10 }
  }
  expect_failures = [var.retry]
}
