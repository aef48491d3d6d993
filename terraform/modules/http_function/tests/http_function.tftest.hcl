mock_provider "google" {}

variables {
  project  = { id = "sellin-dev", number = "123456789012" }
  region   = { key = "eu", location = "europe-west1" }
  name     = "export_order"
  archive  = { bucket = "sources", object = "export_order-0.zip" }
  build    = { account = "builder@p.iam.gserviceaccount.com", repository = "projects/p/locations/l/repositories/r" }
  database = "sellin-eu"
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "called_by_one_account" {
  command = plan
  variables {
    caller  = "tasks@sellin-dev.iam.gserviceaccount.com"
    secrets = { SAP_DESTINATION = "eu-sap-destination" }
    secret_files = {
      "/etc/sap/client-pem/client.pem" = "eu-sap-client-pem"
      "/etc/sap/client-key/client.key" = "eu-sap-client-key"
    }
  }

  assert {
    condition     = google_cloud_run_v2_service_iam_member.invoker.member == "serviceAccount:tasks@sellin-dev.iam.gserviceaccount.com"
    error_message = "Only the caller may invoke."
  }
  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].ingress_settings == "ALLOW_INTERNAL_ONLY"
    error_message = "Nothing outside the project reaches it."
  }
  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].environment_variables["OIDC_AUDIENCE"] == "https://eu-export-order-123456789012.europe-west1.run.app"
    error_message = "The audience is the function's own address."
  }
  assert {
    condition     = !contains(keys(google_cloudfunctions2_function.this.service_config[0].environment_variables), "IDENTITY_PROJECT")
    error_message = "No person calls it."
  }
  assert {
    condition     = google_secret_manager_secret_iam_member.this["SAP_DESTINATION"].role == "roles/secretmanager.secretAccessor"
    error_message = "It may read its secret."
  }
  assert {
    condition     = tomap({ for volume in google_cloudfunctions2_function.this.service_config[0].secret_volumes : "${volume.mount_path}/${volume.versions[0].path}" => volume.secret }) == tomap({ "/etc/sap/client-pem/client.pem" = "eu-sap-client-pem", "/etc/sap/client-key/client.key" = "eu-sap-client-key" })
    error_message = "Each file is mounted where it is named."
  }
  assert {
    condition     = alltrue([for grant in google_secret_manager_secret_iam_member.file : grant.role == "roles/secretmanager.secretAccessor"]) && length(google_secret_manager_secret_iam_member.file) == 2
    error_message = "It may read its files."
  }
}

run "called_by_people" {
  command = plan
  variables {
    identity_project = "sellin-dev"
    identity_role    = "projects/sellin-dev/roles/sellin_people_read"
    database_access  = "read"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].ingress_settings == "ALLOW_INTERNAL_AND_GCLB"
    error_message = "Only the load balancer reaches it from outside."
  }
  assert {
    condition     = google_cloud_run_v2_service_iam_member.invoker.member == "allUsers"
    error_message = "The load balancer calls without an identity."
  }
  assert {
    condition     = google_cloudfunctions2_function.this.service_config[0].all_traffic_on_latest_revision == false
    error_message = "A new revision gets the traffic that it is given."
  }
  assert {
    condition     = one(values(google_project_iam_member.identity)).role == "projects/sellin-dev/roles/sellin_people_read"
    error_message = "It may do with people's records what it is told."
  }
  assert {
    condition     = google_project_iam_member.database.role == "roles/datastore.viewer"
    error_message = "Reading takes the reading role."
  }
  assert {
    condition     = strcontains(google_project_iam_member.database.condition[0].expression, "projects/sellin-dev/databases/sellin-eu")
    error_message = "The role holds for the region's database only."
  }
}

run "nobody_calls" {
  command         = plan
  expect_failures = [var.caller]
}

run "both_call" {
  command = plan
  variables {
    identity_project = "sellin-dev"
    caller           = "tasks@sellin-dev.iam.gserviceaccount.com"
  }
  expect_failures = [var.caller]
}

run "encrypted" {
  command = plan
  variables {
    identity_project = "sellin-dev"
    kms_key          = "projects/sellin-dev/locations/europe-west1/keyRings/sellin/cryptoKeys/data"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.kms_key_name == var.kms_key
    error_message = "The key encrypts what runs."
  }
}

run "by_googles_keys" {
  command = plan
  variables {
    identity_project = "sellin-dev"
  }

  assert {
    condition     = google_cloudfunctions2_function.this.kms_key_name == null
    error_message = "Without a key Google's encrypt."
  }
}

run "two_files_in_one_folder" {
  command = plan
  variables {
    caller       = "tasks@sellin-dev.iam.gserviceaccount.com"
    secret_files = { "/etc/sap/client.pem" = "a", "/etc/sap/client.key" = "b" }
  }

  expect_failures = [var.secret_files]
}
