resource "google_monitoring_notification_channel" "email" {
  for_each = var.notify

  project      = var.project.id
  display_name = each.key
  type         = "email"
  labels       = { email_address = each.value }
}

resource "google_monitoring_alert_policy" "burn" {
  for_each = local.alerts

  project               = var.project.id
  display_name          = "Objective at risk: ${each.value.objective} (${basename(each.key)})"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels

  conditions {
    display_name = "Errors are used up ${each.value.rate} times too fast"
    condition_threshold {
      filter          = "select_slo_burn_rate(\"${each.value.name}\", \"${each.value.window}\")"
      comparison      = "COMPARISON_GT"
      threshold_value = each.value.rate
      duration        = "0s"
    }
  }
}

resource "google_monitoring_alert_policy" "lag" {
  for_each = local.subscriptions

  project               = var.project.id
  display_name          = "SAP's messages wait: ${each.key}"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "The oldest has waited ${var.objectives.lag_seconds} s"
    condition_threshold {
      filter          = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${each.key}\" AND metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\""
      comparison      = "COMPARISON_GT"
      threshold_value = var.objectives.lag_seconds
      duration        = "300s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }
}

# Half of a family's messages, so that one that SAP held back alone is none. Pub/Sub's age does not
# show what waited before it came there.
resource "google_monitoring_alert_policy" "applied_late" {
  project               = var.project.id
  display_name          = "What SAP says is applied late"
  combiner              = "OR"
  severity              = "WARNING"
  notification_channels = local.channels

  conditions {
    display_name = "Half of a family's messages of the last minutes are older than ${var.objectives.lag_seconds} s"
    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.lag.name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = var.objectives.lag_seconds
      duration        = "600s"
      aggregations {
        alignment_period     = "300s"
        per_series_aligner   = "ALIGN_DELTA"
        cross_series_reducer = "REDUCE_PERCENTILE_50"
        group_by_fields      = ["metric.label.family"]
      }
    }
  }
}

resource "google_monitoring_alert_policy" "dead_letters" {
  for_each = local.dead_letters

  project               = var.project.id
  display_name          = "Dead letters: ${each.key}"
  combiner              = "OR"
  severity              = "ERROR"
  notification_channels = local.channels

  conditions {
    display_name = "There is one"
    condition_threshold {
      filter          = "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${each.key}\" AND metric.type=\"pubsub.googleapis.com/subscription/num_undelivered_messages\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MAX"
      }
    }
  }
}

# An order that waits in the queue is an order that SAP does not have.
resource "google_monitoring_alert_policy" "orders_waiting" {
  for_each = var.regions

  project               = var.project.id
  display_name          = "Orders wait for SAP (${each.key})"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "Some have been in the queue for ${var.objectives.lag_seconds} s"
    condition_threshold {
      filter          = "resource.type=\"cloud_tasks_queue\" AND resource.labels.queue_id=\"${each.value.queue}\" AND metric.type=\"cloudtasks.googleapis.com/queue/depth\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "${var.objectives.lag_seconds}s"
      aggregations {
        alignment_period   = "60s"
        per_series_aligner = "ALIGN_MIN"
      }
    }
  }
}

resource "google_monitoring_alert_policy" "said" {
  for_each = local.sayings

  project               = var.project.id
  display_name          = each.value.title
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels

  conditions {
    display_name = "A function logged: ${each.key}"
    condition_threshold {
      filter          = "resource.type=\"cloud_run_revision\" AND metric.type=\"logging.googleapis.com/user/${google_logging_metric.said[each.key].name}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 0
      duration        = "0s"
      aggregations {
        alignment_period   = "300s"
        per_series_aligner = "ALIGN_SUM"
      }
    }
  }
}

resource "google_monitoring_uptime_check_config" "this" {
  for_each = var.regions

  project      = var.project.id
  display_name = "${each.value.hostname} answers"
  timeout      = "10s"
  period       = "60s"

  http_check {
    path         = "/v1/catalog/healthz"
    port         = 443
    use_ssl      = true
    validate_ssl = true
  }

  monitored_resource {
    type   = "uptime_url"
    labels = { project_id = var.project.id, host = each.value.hostname }
  }
}

resource "google_monitoring_alert_policy" "uptime" {
  for_each = var.regions

  project               = var.project.id
  display_name          = "${each.value.hostname} does not answer"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = "From more than one place"
    condition_threshold {
      filter          = "resource.type=\"uptime_url\" AND metric.type=\"monitoring.googleapis.com/uptime_check/check_passed\" AND metric.labels.check_id=\"${google_monitoring_uptime_check_config.this[each.key].uptime_check_id}\""
      comparison      = "COMPARISON_GT"
      threshold_value = 1
      duration        = "120s"
      aggregations {
        alignment_period     = "60s"
        per_series_aligner   = "ALIGN_NEXT_OLDER"
        cross_series_reducer = "REDUCE_COUNT_FALSE"
        group_by_fields      = ["resource.label.host"]
      }
    }
  }
}

resource "google_billing_budget" "this" {
  for_each = { for budget in var.budget[*] : "month" => budget }

  billing_account = each.value.billing_account
  display_name    = "Sellin in ${var.project.id}"

  budget_filter {
    projects = ["projects/${var.project.number}"]
  }
  amount {
    specified_amount {
      currency_code = each.value.currency
      units         = tostring(each.value.amount)
    }
  }
  dynamic "threshold_rules" {
    for_each = [0.5, 0.9, 1]
    content {
      threshold_percent = threshold_rules.value
    }
  }
  all_updates_rule {
    monitoring_notification_channels = local.channels
  }
}
