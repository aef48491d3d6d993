mock_provider "google" {}

variables {
  project   = { id = "sellin-dev", number = "123456789012" }
  region    = { key = "eu", location = "europe-west1" }
  hostname  = "eu.sellin.example"
  documents = { location = "eur3" }
  sap       = { ranges = ["10.200.1.0/28"], ports = ["3300"], cidr = "10.10.0.0/24", settings = "{\"logical_system\": \"ECPCLNT100\", \"stock\": {\"old_after_hours\": 26}, \"buyer_texts\": {}}" }
  identity  = { project = "sellin-dev", roles = { read = "projects/sellin-dev/roles/read", sign_out = "projects/sellin-dev/roles/sign_out" } }
  sign_in   = { identity_key = "AIzaSyExample" }
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

run "functions" {
  command = plan

  assert {
    condition     = toset(keys(output.functions)) == toset(keys(var.archives))
    error_message = "Each function is deployed."
  }
  assert {
    condition     = length(distinct(concat([for function in output.functions : function.account], values(output.callers)))) == length(output.functions) + length(output.callers)
    error_message = "No two functions share an account, nor a function and who calls it."
  }
  assert {
    condition     = toset([for name, function in output.functions : name if function.public]) == toset([for name, function in jsondecode(file("../../../infra/functions.json")) : name if function.called_by == "portal"])
    error_message = "Only the portal's functions let everybody in."
  }
  assert {
    condition     = toset(keys(output.site.services)) == toset([for name, function in output.functions : name if function.public])
    error_message = "The load balancer leads to the portal's functions only."
  }
  assert {
    condition     = setsubtract(output.functions["orders"].environment, output.functions["carts"].environment) == toset(["EXPORT_QUEUE", "EXPORT_URL", "EXPORT_CALLER", "VAT_QUEUE", "VAT_URL", "VAT_CALLER", "VAT_CHECK_DAYS", "BUYER_TEXTS"])
    error_message = "Orders are handed over, and their buyers' VAT ids asked for, by those who place them and tell what SAP's keys mean."
  }
  assert {
    condition     = setsubtract(output.functions["operations"].environment, output.functions["carts"].environment) == toset(["EXPORT_QUEUE", "EXPORT_URL", "EXPORT_CALLER", "SOURCE_SYSTEM", "TOPIC_REGION", "TOPICS"])
    error_message = "From the desk orders are handed over, and messages published to the region's topics again."
  }
  assert {
    condition     = contains(output.functions["reconcile"].environment, "SOURCE_SYSTEM") && contains(output.functions["reconcile"].environment, "TOPIC_REGION") && !output.functions["reconcile"].public
    error_message = "One function compares orders with SAP's, and tells what SAP did not; Cloud Scheduler calls it."
  }
  assert {
    condition     = toset([for name, function in output.functions : name if contains(function.environment, "VAT_QUEUE")]) == toset(["orders", "reconcile", "sync_customers", "sync_order_status"])
    error_message = "Checks of VAT ids are asked for when a company comes, an order is placed, goods leave, or one was lost."
  }
  assert {
    condition     = setsubtract(output.functions["accounts"].environment, output.functions["carts"].environment) == toset(["BUYER_TEXTS", "LOGICAL_SYSTEM", "STOCK_OLD_AFTER_HOURS"])
    error_message = "Buyers read whether SAP is away, how old stock is, and what their payment terms are."
  }
  assert {
    condition     = toset([for name, function in output.functions : name if contains(function.environment, "SAP_DESTINATION")]) == toset(["export_order", "reconcile", "simulations"])
    error_message = "SAP is called by those who hand orders over, who ask before one is placed, and who compare them."
  }
  assert {
    condition     = contains(output.functions["check_vat_id"].environment, "VIES_URL") && !output.functions["check_vat_id"].public
    error_message = "One function asks VIES, and Cloud Tasks calls it."
  }
}

run "with_a_certificate" {
  command = plan
  variables {
    sap = { ranges = ["10.200.1.0/28"], ports = ["44300"], cidr = "10.10.0.0/24", settings = "{\"logical_system\": \"ECPCLNT100\", \"stock\": {\"old_after_hours\": 26}, \"buyer_texts\": {}}", files = ["client.pem", "client.key"] }
  }

  assert {
    condition     = tomap({ for name, secret in google_secret_manager_secret.sap_file : name => secret.secret_id }) == tomap({ "client.pem" = "eu-sap-client-pem", "client.key" = "eu-sap-client-key" })
    error_message = "Each file of the connection is a secret of the region's."
  }
  assert {
    condition     = toset([for name, function in output.functions : name if length(function.files) > 0]) == toset(["export_order", "reconcile", "simulations"])
    error_message = "Those that call SAP, and no others, have its files."
  }
  assert {
    condition     = output.functions["export_order"].files == toset(["/etc/sap/client-pem/client.pem", "/etc/sap/client-key/client.key"])
    error_message = "A file is where the connection names it."
  }
}

run "with_a_file_of_another_kind" {
  command = plan
  variables {
    sap = { ranges = ["10.200.1.0/28"], ports = ["44300"], cidr = "10.10.0.0/24", settings = "{\"logical_system\": \"ECPCLNT100\", \"stock\": {\"old_after_hours\": 26}, \"buyer_texts\": {}}", files = ["../passwd"] }
  }

  expect_failures = [var.sap]
}

run "by_googles_keys" {
  command = plan

  assert {
    condition     = output.key == null && length(google_secret_manager_secret.sap_destination.replication[0].user_managed[0].replicas[0].customer_managed_encryption) == 0
    error_message = "Without a key ring Google's keys encrypt."
  }
}

run "encrypted" {
  command = plan
  variables {
    key_ring = "sellin-eu"
  }

  assert {
    condition     = output.key == "projects/sellin-dev/locations/europe-west1/keyRings/sellin-eu/cryptoKeys/data"
    error_message = "The key ring is the region's."
  }
  assert {
    condition     = google_secret_manager_secret.sap_destination.replication[0].user_managed[0].replicas[0].customer_managed_encryption[0].kms_key_name == output.key
    error_message = "The key encrypts the secret."
  }
}
