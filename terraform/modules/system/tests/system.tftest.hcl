mock_provider "google" {}

variables {
  project = { id = "sellin-dev", number = "123456789012" }
  notify  = { operators = "operators@sellin.example" }

  contracts    = { carts = "1.4.0", orders = "1.10.0" }
  portal_needs = { carts = "1.4.0", orders = "1.9.3" }

  regions = {
    eu = {
      location  = "europe-west1"
      hostname  = "eu.sellin.example"
      documents = { location = "eur3" }
      sap       = { ranges = ["10.200.1.0/28"], ports = ["3300"], cidr = "10.10.0.0/24", settings = "{\"logical_system\": \"ECPCLNT100\", \"stock\": {\"old_after_hours\": 26}, \"buyer_texts\": {}}" }
    }
    na = {
      location  = "us-central1"
      hostname  = "na.sellin.example"
      documents = { location = "nam5" }
      sap       = { ranges = ["10.201.1.0/28"], ports = ["3300"], cidr = "10.11.0.0/24", settings = "{\"logical_system\": \"ECPCLNT100\", \"stock\": {\"old_after_hours\": 26}, \"buyer_texts\": {}}" }
    }
  }
  archives = {
    for function in keys(jsondecode(file("../../../infra/functions.json"))) :
    function => "${function}-0000000000000000.zip"
  }
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "two_regions" {
  command = plan

  assert {
    condition     = output.regions.eu.database == "sellin-eu" && output.regions.na.database == "sellin-na"
    error_message = "Each region has documents of its own."
  }
  assert {
    condition     = length(distinct(flatten([for region in output.functions : [for function in region : function.account]]))) == 2 * length(var.archives)
    error_message = "No account serves two functions or two regions."
  }
}

run "europe_in_america" {
  command = plan
  variables {
    regions = {
      eu = {
        location  = "us-central1"
        hostname  = "eu.sellin.example"
        documents = { location = "nam5" }
        sap       = { ranges = ["10.200.1.0/28"], ports = ["3300"], cidr = "10.10.0.0/24", settings = "{\"logical_system\": \"ECPCLNT100\", \"stock\": {\"old_after_hours\": 26}, \"buyer_texts\": {}}" }
      }
    }
  }
  expect_failures = [var.regions]
}

run "unknown_region" {
  command = plan
  variables {
    regions = {
      xx = {
        location  = "europe-west1"
        hostname  = "xx.sellin.example"
        documents = { location = "eur3" }
        sap       = { ranges = ["10.200.1.0/28"], ports = ["3300"], cidr = "10.10.0.0/24", settings = "{\"logical_system\": \"ECPCLNT100\", \"stock\": {\"old_after_hours\": 26}, \"buyer_texts\": {}}" }
      }
    }
  }
  expect_failures = [var.regions]
}

run "later_major_needed" {
  command = plan
  variables {
    portal_needs = { carts = "2.0.0" }
  }
  expect_failures = [output.contracts]
}

run "later_minor_needed" {
  command = plan
  variables {
    portal_needs = { carts = "1.5.0" }
  }
  expect_failures = [output.contracts]
}

run "unknown_service_needed" {
  command = plan
  variables {
    portal_needs = { support = "1.0.0" }
  }
  expect_failures = [output.contracts]
}

run "who_reads_what_is_personal_is_logged" {
  command = plan

  assert {
    condition = alltrue([
      for service in ["firestore.googleapis.com", "identitytoolkit.googleapis.com", "secretmanager.googleapis.com"] :
      contains([for config in google_project_iam_audit_config.this[service].audit_log_config : config.log_type], "DATA_READ")
    ])
    error_message = "Who reads documents, people's records or secrets is logged."
  }
}
