mock_provider "google" {}

variables {
  project      = { id = "sellin-dev", number = "123456789012" }
  notify       = { operators = "operators@sellin.example" }
  own_accounts = ["eu-accounts@sellin-dev.iam.gserviceaccount.com"]
  regions = {
    eu = {
      hostname      = "eu.sellin.example"
      location      = "europe-west1"
      services      = { carts = "eu-carts", orders = "eu-orders" }
      subscriptions = { sap-prices = "eu-sync-prices" }
      dead_letters  = { sap-prices = "eu-sap-prices-dead" }
      queue         = "eu-export-orders"
      exporter      = "eu-export-order"
    }
  }
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "watched" {
  command = apply

  assert {
    condition = toset(keys(google_monitoring_alert_policy.burn)) == toset(flatten([
      for objective in [
        "availability/eu-carts", "availability/eu-orders", "latency/eu-carts", "latency/eu-orders",
        "lag/eu-sync-prices", "outbox/eu", "delivered/eu", "understood/eu",
      ] : [for kind in ["fast", "slow"] : "${objective}/${kind}"]
    ]))
    error_message = "Each objective has a fast and a slow alert."
  }
  assert {
    condition     = keys(google_monitoring_alert_policy.dead_letters) == ["eu-sap-prices-dead"] && keys(google_monitoring_alert_policy.lag) == ["eu-sync-prices"]
    error_message = "Messages that wait and messages that are given up are told."
  }
  assert {
    condition = (
      strcontains(google_logging_metric.lag.filter, "jsonPayload.message=\"lag\"") &&
      google_monitoring_alert_policy.applied_late.conditions[0].condition_threshold[0].aggregations[0].group_by_fields == tolist(["metric.label.family"])
    )
    error_message = "What is applied late is told, family by family."
  }
  assert {
    condition = (
      strcontains(google_logging_metric.said["family silent"].filter, "family silent") &&
      google_monitoring_alert_policy.said["family silent"].severity == "ERROR"
    )
    error_message = "A family of SAP's messages that falls silent is told."
  }
  assert {
    condition = alltrue([
      for policy in concat(
        values(google_monitoring_alert_policy.burn), values(google_monitoring_alert_policy.lag),
        values(google_monitoring_alert_policy.dead_letters), values(google_monitoring_alert_policy.orders_waiting),
        values(google_monitoring_alert_policy.uptime), values(google_monitoring_alert_policy.said),
        [google_monitoring_alert_policy.applied_late],
      ) : length(policy.notification_channels) == 1
    ])
    error_message = "Every alert reaches somebody."
  }
  assert {
    condition     = alltrue([for said, metric in google_logging_metric.said : strcontains(metric.filter, "jsonPayload.message=\"${said}\"")])
    error_message = "What functions log for people is counted."
  }
  assert {
    condition     = google_logging_project_bucket_config.audit.retention_days > google_logging_project_bucket_config.default.retention_days
    error_message = "Who did what is known for longer than what was logged."
  }
  assert {
    condition     = length(google_logging_project_bucket_config.audit.cmek_settings) == 0 && length(google_kms_crypto_key_iam_member.audit) == 0
    error_message = "Without a key Google's encrypts the logs."
  }
  assert {
    condition     = length(google_billing_budget.this) == 0
    error_message = "Without a budget there is none."
  }
}

run "encrypted" {
  command = plan
  variables {
    audit_logs = {
      location = "europe-west1"
      kms_key  = "projects/sellin-dev/locations/europe-west1/keyRings/sellin/cryptoKeys/data"
    }
  }

  assert {
    condition     = google_logging_project_bucket_config.audit.cmek_settings[0].kms_key_name == var.audit_logs.kms_key && google_logging_project_bucket_config.audit.location == "europe-west1"
    error_message = "Audit logs lie where their key is."
  }
  assert {
    condition     = keys(google_kms_crypto_key_iam_member.audit) == [var.audit_logs.kms_key]
    error_message = "Who keeps the logs may use the key."
  }
}

run "key_elsewhere" {
  command = plan
  variables {
    audit_logs = { kms_key = "projects/sellin-dev/locations/europe-west1/keyRings/sellin/cryptoKeys/data" }
  }
  expect_failures = [var.audit_logs]
}

run "nobody_is_told" {
  command = plan
  variables {
    notify = {}
  }
  expect_failures = [var.notify]
}

run "who_tries_doors_and_who_opens_them" {
  command = plan

  assert {
    condition     = length(google_monitoring_alert_policy.flood) == 3 && alltrue([for policy in google_monitoring_alert_policy.flood : length(policy.notification_channels) > 0])
    error_message = "Floods of refusals and of what the firewall blocks are told."
  }
  assert {
    condition     = strcontains(google_monitoring_alert_policy.granted.conditions[0].condition_matched_log[0].filter, "SetIamPolicy")
    error_message = "A role that is given is told."
  }
  assert {
    condition     = alltrue([for part in ["data_access", "SetAccountInfo", "NOT protoPayload.authenticationInfo.principalEmail=(\"eu-accounts@"] : strcontains(google_monitoring_alert_policy.account.conditions[0].condition_matched_log[0].filter, part)])
    error_message = "Who changes an account at Identity Platform is told, but for the functions."
  }
}
