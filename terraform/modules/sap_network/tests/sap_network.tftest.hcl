mock_provider "google" {}

variables {
  project = { id = "sellin-dev", number = "123456789012" }
  region  = { key = "eu", location = "europe-west1" }
  cidr    = "10.10.0.0/24"
  sap     = { ranges = ["10.200.1.0/28"], ports = ["3300"] }
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "only_to_sap" {
  command = plan

  assert {
    condition     = one(google_compute_firewall.deny.deny).protocol == "all" && google_compute_firewall.deny.priority > google_compute_firewall.sap.priority
    error_message = "What is not allowed is denied."
  }
  assert {
    condition     = toset(google_compute_firewall.sap.destination_ranges) == toset(["10.200.1.0/28"]) && one(google_compute_firewall.sap.allow).ports == tolist(["3300"])
    error_message = "SAP is allowed at its addresses and ports."
  }
  assert {
    condition     = google_compute_subnetwork.this.private_ip_google_access
    error_message = "Google's APIs are reached without the Internet."
  }
  assert {
    condition     = google_compute_router_nat.this.nat_ip_allocate_option == "MANUAL_ONLY"
    error_message = "The address that SAP sees does not change."
  }
}

run "everywhere" {
  command = plan
  variables {
    sap = { ranges = ["0.0.0.0/0"], ports = ["3300"] }
  }
  expect_failures = [var.sap]
}

run "too_small" {
  command = plan
  variables {
    cidr = "10.10.0.0/28"
  }
  expect_failures = [var.cidr]
}
