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
  assert {
    condition     = length(google_storage_bucket.state.encryption) == 0
    error_message = "Google's keys encrypt the state unless others are asked for."
  }
}

run "encrypted" {
  command = plan
  variables {
    project  = "sellin-dev"
    key_ring = "sellin-state"
  }

  assert {
    condition     = length(google_storage_bucket.state.encryption) == 1 && keys(google_kms_crypto_key_iam_member.state) == ["sellin-state"] && google_kms_key_ring.state["sellin-state"].location == "europe"
    error_message = "A key where the state is encrypts it."
  }
}
