# Somebody tries many doors: what the load balancer and the firewall counted in five minutes, and
# how much of that a person should know of.
locals {
  floods = {
    "Many requests are refused (401, 403)"  = "resource.type=\"https_lb_rule\" AND metric.type=\"loadbalancing.googleapis.com/https/request_count\" AND (metric.labels.response_code=401 OR metric.labels.response_code=403)"
    "The firewall turns many requests away" = "resource.type=\"network_security_policy\" AND metric.type=\"networksecurity.googleapis.com/https/request_count\" AND metric.labels.blocked=true"
    # A browser with a strange extension says it now and then; many say it of a page that was changed.
    "Pages try what their policy forbids" = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.violated.name}\""
  }
  flood = 500
}

resource "google_monitoring_alert_policy" "flood" {
  for_each = local.floods

  project               = var.project.id
  display_name          = each.key
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "More than ${local.flood} in five minutes"
    condition_threshold {
      filter          = each.value
      comparison      = "COMPARISON_GT"
      threshold_value = local.flood
      duration        = "0s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_SUM"
      }
    }
  }
}

# Nobody changes an account at Identity Platform without being seen: its claims say what somebody of
# the brand may do. The functions' own accounts sign people out and make accounts without any claim.
resource "google_monitoring_alert_policy" "account" {
  project               = var.project.id
  display_name          = "An account was changed at Identity Platform"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "By somebody else than the functions"
    condition_matched_log {
      filter = join(" AND ", [
        "log_id(\"cloudaudit.googleapis.com/data_access\")",
        "protoPayload.serviceName=\"identitytoolkit.googleapis.com\"",
        "protoPayload.methodName=~\"[.](SetAccountInfo|UploadAccount)$\"",
        "NOT protoPayload.authenticationInfo.principalEmail=(${join(" OR ", [for account in var.own_accounts : "\"${account}\""])})",
      ])
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "300s"
    }
  }
}

# Nobody gives a role to somebody without being seen, Terraform included.
resource "google_monitoring_alert_policy" "granted" {
  project               = var.project.id
  display_name          = "A role was given or taken away"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "A policy was set"
    condition_matched_log {
      filter = "log_id(\"cloudaudit.googleapis.com/activity\") AND protoPayload.methodName:\"SetIamPolicy\""
    }
  }

  alert_strategy {
    notification_rate_limit {
      period = "300s"
    }
  }
}
