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
