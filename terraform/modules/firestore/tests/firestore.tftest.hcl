mock_provider "google" {}

variables {
  project      = { id = "sellin-dev", number = "123456789012" }
  region       = { key = "eu", location = "europe-west1" }
  location     = "eur3"
  indexes_file = "tests/indexes.json"
  rules_file   = "../../../infra/firestore.rules"
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "protected" {
  command = plan

  assert {
    condition     = google_firestore_database.this.delete_protection_state == "DELETE_PROTECTION_ENABLED"
    error_message = "The documents can't be deleted by accident."
  }
  assert {
    condition     = google_firestore_database.this.point_in_time_recovery_enablement == "POINT_IN_TIME_RECOVERY_ENABLED"
    error_message = "The documents can be read as they were."
  }
  assert {
    condition     = can(google_firestore_backup_schedule.daily.retention) && can(google_firestore_backup_schedule.weekly.retention)
    error_message = "The documents are backed up."
  }
  assert {
    condition     = google_firebaserules_release.this.name == "cloud.firestore/sellin-eu"
    error_message = "The rules hold for this database."
  }
  assert {
    condition     = length(regexall("allow [^:]*: if false;", google_firebaserules_ruleset.this.source[0].files[0].content)) == 1 && length(regexall("allow", google_firebaserules_ruleset.this.source[0].files[0].content)) == 1
    error_message = "The rules allow nothing."
  }
}

run "optimistic" {
  command = plan

  assert {
    condition     = google_firestore_database.this.concurrency_mode == "OPTIMISTIC"
    error_message = "Nobody waits for another's lock: the code relies on preconditions alone."
  }
}

run "expiring" {
  command = plan
  variables {
    indexes_file = "../../../infra/firestore.indexes.json"
  }

  assert {
    condition = alltrue([
      for collection in ["carts", "order_groups", "parts", "quarantine", "rates", "sap_days", "snapshot_parts", "snapshots", "stock_snapshots"] :
      length(google_firestore_field.this["${collection}/expires_at"].ttl_config) == 1
    ])
    error_message = "What is kept for a time only goes when its time has come."
  }
  assert {
    condition     = alltrue([for name, field in google_firestore_field.this : length(field.ttl_config) == 0 || length(field.index_config[0].indexes) == 0])
    error_message = "Nobody asks by when a document expires: an index on a time that rises is a hot spot."
  }
}

run "indexes" {
  command = plan

  assert {
    condition     = keys(google_firestore_index.this) == ["orders/COLLECTION/company:ASCENDING/styles:CONTAINS"]
    error_message = "Each declared index is made."
  }
  assert {
    condition     = google_firestore_index.this["orders/COLLECTION/company:ASCENDING/styles:CONTAINS"].fields[1].array_config == "CONTAINS"
    error_message = "An array is indexed by what it contains."
  }
  assert {
    condition     = length(google_firestore_field.this["orders/lines"].index_config[0].indexes) == 0 && length(google_firestore_field.this["orders/lines"].ttl_config) == 0
    error_message = "A field without indexes is exempt."
  }
  assert {
    condition     = length(google_firestore_field.this["order_groups/expires_at"].ttl_config) == 1
    error_message = "A TTL field lets its documents expire."
  }
}

run "missing_file" {
  command = plan
  variables {
    rules_file = "nowhere.rules"
  }
  expect_failures = [var.rules_file]
}

run "encrypted" {
  command = plan
  variables {
    kms_key = "projects/sellin-dev/locations/europe/keyRings/sellin/cryptoKeys/data"
  }

  assert {
    condition     = google_firestore_database.this.cmek_config[0].kms_key_name == var.kms_key
    error_message = "The key encrypts the documents."
  }
}

run "by_googles_keys" {
  command = plan

  assert {
    condition     = length(google_firestore_database.this.cmek_config) == 0
    error_message = "Without a key Google's encrypt."
  }
}
