mock_provider "google" {}

variables {
  project = { id = "sellin-dev", number = "123456789012" }
  region  = { key = "eu", location = "europe-west1" }
  name    = "portal"
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "private" {
  command = plan

  assert {
    condition     = google_storage_bucket.this.public_access_prevention == "enforced" && google_storage_bucket.this.uniform_bucket_level_access
    error_message = "The bucket is not public."
  }
  assert {
    condition     = google_storage_bucket_iam_member.load_balancer.member == "serviceAccount:service-123456789012@https-lb.iam.gserviceaccount.com"
    error_message = "The load balancer reads it."
  }
  assert {
    condition     = google_compute_backend_bucket.this.enable_cdn
    error_message = "Files come from near the reader; private buckets need the CDN."
  }
  assert {
    condition     = anytrue([for header in google_compute_backend_bucket.this.custom_response_headers : startswith(header, "Content-Security-Policy: default-src 'none'") && !strcontains(header, "unsafe")])
    error_message = "Pages run no script that is not theirs."
  }
}

run "portal_of_an_environment" {
  command = plan
  variables {
    config = { identity_key = "key", providers = { "oidc.brand" = "Brand" } }
  }

  assert {
    condition     = jsondecode(google_storage_bucket_object.config[0].content).identity.key == "key" && jsondecode(google_storage_bucket_object.config[0].content).providers == [{ id = "oidc.brand", name = "Brand" }]
    error_message = "The portal learns where people sign in."
  }
  assert {
    condition     = google_storage_bucket_object.config[0].cache_control == "no-cache"
    error_message = "It learns of a change at once."
  }
}

run "provider_that_posts" {
  command = plan
  variables {
    config = { identity_key = "key", providers = { "saml.brand" = "Brand" } }
  }
  expect_failures = [var.config]
}

run "public_writer" {
  command = plan
  variables {
    writers = { everybody = "allUsers" }
  }
  expect_failures = [var.writers]
}

run "encrypted" {
  command = plan
  variables {
    kms_key = "projects/sellin-dev/locations/europe-west1/keyRings/sellin/cryptoKeys/data"
  }

  assert {
    condition     = google_storage_bucket.this.encryption[0].default_kms_key_name == var.kms_key
    error_message = "The key encrypts the files."
  }
}

run "by_googles_keys" {
  command = plan

  assert {
    condition     = length(google_storage_bucket.this.encryption) == 0
    error_message = "Without a key Google's encrypt."
  }
}
