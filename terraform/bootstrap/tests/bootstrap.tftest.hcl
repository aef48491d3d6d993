mock_provider "google" {}

run "state" {
  command = plan
  variables {
    project = "sellin-dev"
  }

  assert {
    condition     = google_storage_bucket.state.versioning[0].enabled && google_storage_bucket.state.public_access_prevention == "enforced"
    error_message = "State before can be brought back, and nobody outside reads it."
  }
}
