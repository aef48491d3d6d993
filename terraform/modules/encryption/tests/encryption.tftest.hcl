mock_provider "google" {}

variables {
  project   = { id = "sellin-prod", number = "123456789012" }
  region    = { key = "na", location = "us-central1" }
  documents = "nam5"
  key_ring  = "sellin-na"
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "keys" {
  command = plan

  assert {
    condition     = output.key == "projects/sellin-prod/locations/us-central1/keyRings/sellin-na/cryptoKeys/data" && output.documents_key == "projects/sellin-prod/locations/us/keyRings/sellin-na/cryptoKeys/data"
    error_message = "A key lies where what it encrypts lies."
  }
  assert {
    condition     = alltrue([for key in google_kms_crypto_key.this : key.rotation_period == "7776000s" && key.name == "data"])
    error_message = "Keys are rotated."
  }
  assert {
    condition     = alltrue([for grant in google_kms_crypto_key_iam_member.agent : grant.role == "roles/cloudkms.cryptoKeyEncrypterDecrypter" && startswith(grant.member, "serviceAccount:service-123456789012@")])
    error_message = "Only Google's services use the keys, and only to encrypt and decrypt."
  }
}

run "one_location" {
  command = plan
  variables {
    documents = "us-central1"
  }

  assert {
    condition     = length(google_kms_key_ring.this) == 1 && output.key == output.documents_key
    error_message = "There is one key ring where all lies in one place."
  }
}

run "unknown_location" {
  command = plan
  variables {
    documents = "nam7"
  }
  expect_failures = [var.documents]
}
