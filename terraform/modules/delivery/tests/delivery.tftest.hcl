mock_provider "google" {}

variables {
  location     = "europe-west1"
  filters_file = "../../../infra/pipelines/paths.json"
  stages = {
    dev = {
      project    = "sellin-dev"
      regions    = ["eu"]
      repository = "projects/sellin-dev/locations/europe-west1/connections/github/repositories/sellin"
      url        = "https://eu.dev.sellin.example"
    }
    prod = {
      project    = "sellin-prod"
      regions    = ["na", "eu"]
      repository = "projects/sellin-prod/locations/europe-west1/connections/github/repositories/sellin"
      url        = "https://eu.sellin.example"
    }
  }
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "triggers" {
  command = plan

  assert {
    condition     = toset(keys(google_cloudbuild_trigger.function)) == toset(keys(jsondecode(file("../../../infra/pipelines/paths.json"))))
    error_message = "Each function has a trigger of its own."
  }
  assert {
    condition     = alltrue([for name, trigger in google_cloudbuild_trigger.function : contains(trigger.included_files, "functions/${name}/**")])
    error_message = "A function's trigger is pulled by its files."
  }
  assert {
    condition     = keys(google_cloudbuild_trigger.promote) == ["prod"] && google_cloudbuild_trigger.promote["prod"].approval_config[0].approval_required
    error_message = "What comes to production was approved."
  }
  assert {
    condition     = contains(google_cloudbuild_trigger.portal.included_files, "web/**") && google_cloudbuild_trigger.portal.substitutions["_BUCKETS"] == "sellin-dev-eu-portal"
    error_message = "A push that touches the portal brings it to dev."
  }
  assert {
    condition     = keys(google_cloudbuild_trigger.portal_promote) == ["prod"] && google_cloudbuild_trigger.portal_promote["prod"].approval_config[0].approval_required && google_cloudbuild_trigger.portal_promote["prod"].substitutions["_BUCKETS"] == "sellin-prod-eu-portal sellin-prod-na-portal"
    error_message = "A portal that comes to production was approved, and comes to all its regions."
  }
  assert {
    condition     = google_kms_crypto_key_iam_member.releases["dev"].role == "roles/cloudkms.signerVerifier" && google_kms_crypto_key_iam_member.releases["prod"].role == "roles/cloudkms.publicKeyViewer"
    error_message = "Only who makes an archive signs it."
  }
  assert {
    condition     = google_storage_bucket_iam_member.record["prod"].condition[0].expression == "resource.name == \"projects/_/buckets/sellin-dev-releases/objects/sets/prod.json\" || resource.name == \"projects/_/buckets/sellin-dev-releases/objects/turns/prod\""
    error_message = "Production writes down what it runs and whose turn it is, and no more."
  }
  assert {
    condition     = google_storage_bucket_iam_member.releases["prod"].role == "roles/storage.objectViewer"
    error_message = "Production can't change an archive."
  }
  assert {
    condition     = length(google_storage_bucket.releases.encryption) == 0 && length(google_kms_crypto_key.archives) == 0
    error_message = "Google's keys encrypt the archives unless others are asked for."
  }
  assert {
    condition     = alltrue([for grant in google_project_iam_member.this : !contains(["roles/owner", "roles/editor"], grant.role)])
    error_message = "Who deploys is no owner."
  }
}

run "encrypted" {
  command = plan
  variables {
    encrypted = true
  }

  assert {
    condition     = length(google_storage_bucket.releases.encryption) == 1 && length(google_kms_crypto_key_iam_member.archives) == 1
    error_message = "A key that Cloud Storage may use encrypts the archives."
  }
}

run "without_dev" {
  command = plan
  variables {
    stages = {}
  }
  expect_failures = [var.stages]
}
