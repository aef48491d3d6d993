mock_provider "google" {}

variables {
  project  = { id = "sellin-dev", number = "123456789012" }
  region   = { key = "eu", location = "europe-west1" }
  archives = { carts = "build/archives/carts-0123456789abcdef.zip" }
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "archives" {
  command = plan

  assert {
    condition     = output.archives.carts.object == "carts-0123456789abcdef.zip"
    error_message = "An object is named as its archive, so that a new archive is a new source."
  }
  assert {
    condition     = google_storage_bucket.sources.public_access_prevention == "enforced" && google_storage_bucket.sources.uniform_bucket_level_access
    error_message = "Nobody outside reads the sources."
  }
  assert {
    condition     = google_storage_bucket.sources.versioning[0].enabled
    error_message = "The archive before can be brought back."
  }
}

run "unhashed" {
  command = plan
  variables {
    archives = { carts = "carts.zip" }
  }
  expect_failures = [var.archives]
}

run "encrypted" {
  command = plan
  variables {
    kms_key = "projects/sellin-dev/locations/europe-west1/keyRings/sellin/cryptoKeys/data"
  }

  assert {
    condition     = google_storage_bucket.sources.encryption[0].default_kms_key_name == var.kms_key && google_artifact_registry_repository.functions.kms_key_name == var.kms_key
    error_message = "The key encrypts archives and images."
  }
}

run "by_googles_keys" {
  command = plan

  assert {
    condition     = length(google_storage_bucket.sources.encryption) == 0 && google_artifact_registry_repository.functions.kms_key_name == null
    error_message = "Without a key Google's encrypt."
  }
}
