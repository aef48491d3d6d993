locals {
  channels = [for channel in google_monitoring_notification_channel.email : channel.id]

  services = merge([
    for key, region in var.regions : {
      for route, service in region.services : service => { region = key, route = route, location = region.location }
    }
  ]...)

  # What a request of Cloud Run's counts by.
  requests = {
    for service, known in local.services : service => join(" AND ", [
      "resource.type=\"cloud_run_revision\"",
      "resource.labels.service_name=\"${service}\"",
      "resource.labels.location=\"${known.location}\"",
    ])
  }

  # How fast the errors that a month allows are used up: in one hour two per cent of them,
  # in six hours five (Site Reliability Workbook, chapter 5).
  burns = {
    fast = { window = "3600s", rate = 14.4, severity = "CRITICAL" }
    slow = { window = "21600s", rate = 6, severity = "WARNING" }
  }
  objectives = merge(
    { for service in keys(local.services) : "availability/${service}" => google_monitoring_slo.availability[service].name },
    { for service in keys(local.services) : "latency/${service}" => google_monitoring_slo.latency[service].name },
    { for subscription in keys(local.subscriptions) : "lag/${subscription}" => google_monitoring_slo.lag[subscription].name },
    { for key in keys(var.regions) : "outbox/${key}" => google_monitoring_slo.outbox[key].name },
    { for key in keys(var.regions) : "delivered/${key}" => google_monitoring_slo.delivered[key].name },
    { for key in keys(var.regions) : "understood/${key}" => google_monitoring_slo.understood[key].name },
  )
  alerts = merge([
    for kind, burn in local.burns : {
      for objective, name in local.objectives : "${objective}/${kind}" => merge(burn, { objective = objective, name = name })
    }
  ]...)

  # Log message to what it means.
  sayings = {
    "quarantined"               = { title = "SAP sent what can't be understood", severity = "WARNING" }
    "waiting long"              = { title = "What SAP sent waits for something that does not come", severity = "WARNING" }
    "not published again"       = { title = "What SAP sent and waits can not be published again, so it is not applied", severity = "ERROR" }
    "same stamp, other content" = { title = "SAP sent two contents with one stamp, of which the first stays", severity = "WARNING" }
    "approval not ended"        = { title = "An order that waits for approval can't be ended", severity = "ERROR" }
    "plan failed"               = { title = "An assortment did not become what was planned for it", severity = "ERROR" }
    "sweep failed"              = { title = "An accepted order is stuck in the outbox", severity = "CRITICAL" }
    "not handed over"           = { title = "An accepted order is not in SAP after an hour", severity = "CRITICAL" }
    "order parked"              = { title = "An order, or its change, waits for a person: SAP refuses it, has another price, or somebody parked it", severity = "ERROR" }
    "sap refuses log-on"        = { title = "SAP refuses the log-on, so no orders leave until a person says go", severity = "CRITICAL" }
    "sap enquiry denied"        = { title = "SAP refuses to be asked before orders are placed: an authorization or a function module is missing", severity = "WARNING" }
    "no such order to export"   = { title = "A task names an order that is not there", severity = "ERROR" }
    "change not handed over"    = { title = "A change of an order is not in SAP after an hour", severity = "ERROR" }
    "change not confirmed"      = { title = "SAP has a change of an order but never said what became of it", severity = "ERROR" }
    "not confirmed"             = { title = "SAP has an order but never said what became of it", severity = "ERROR" }
    "difference parked"         = { title = "An order, customer or price differs from SAP's, and a person has to decide", severity = "ERROR" }
    "difference failed"         = { title = "A difference from SAP could not be looked at", severity = "ERROR" }
    "customer not compared"     = { title = "The orders of a customer could not be compared with SAP's", severity = "ERROR" }
    "reconciliation failed"     = { title = "A reconciliation did not compare all that it was to", severity = "ERROR" }
    "not reconciled"            = { title = "Orders have not been compared with SAP's for a day and a half", severity = "ERROR" }
    "snapshot failed"           = { title = "A full snapshot of SAP's was not compared to its end", severity = "ERROR" }
    "family silent"             = { title = "SAP has sent no message of a family for longer in business hours than its settings say", severity = "ERROR" }
    "no snapshot"               = { title = "SAP has sent no full snapshot of stock, prices or customers for too long", severity = "ERROR" }
    "cancelled but in SAP"      = { title = "An order that was cancelled is in SAP", severity = "CRITICAL" }
    "vat check refused"         = { title = "VIES knows our own VAT id no more, shuts us out, or answers what can't be read", severity = "ERROR" }
    "style unpriced"            = { title = "A style has no price, or discounts leave nothing of it, so its buyers don't see it", severity = "WARNING" }
    "gtin on two articles"      = { title = "Several articles have one GTIN, so buyers are asked which they mean", severity = "WARNING" }
    "snapshot too large"        = { title = "The catalogue outgrew its snapshot, so new instances start slowly", severity = "WARNING" }
    "unhandled"                 = { title = "A function met an error that nobody foresaw", severity = "ERROR" }
  }

  # One chart for each question that the first look at a bad day asks.
  charts = {
    "Requests a second"       = { metric = "run.googleapis.com/request_count", resource = "cloud_run_revision", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["resource.label.service_name", "metric.label.response_code_class"] }
    "Slowest 5 %, ms"         = { metric = "run.googleapis.com/request_latencies", resource = "cloud_run_revision", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["resource.label.service_name"] }
    "Instances"               = { metric = "run.googleapis.com/container/instance_count", resource = "cloud_run_revision", aligner = "ALIGN_MEAN", reducer = "REDUCE_SUM", by = ["resource.label.service_name"] }
    "SAP's messages wait, s"  = { metric = "pubsub.googleapis.com/subscription/oldest_unacked_message_age", resource = "pubsub_subscription", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.label.subscription_id"] }
    "Orders' age at SAP, s"   = { metric = "logging.googleapis.com/user/export-age", resource = "cloud_run_revision", aligner = "ALIGN_DELTA", reducer = "REDUCE_PERCENTILE_95", by = ["resource.label.service_name"] }
    "Dead letters"            = { metric = "pubsub.googleapis.com/subscription/num_undelivered_messages", resource = "pubsub_subscription", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.label.subscription_id"] }
    "Quarantined"             = { metric = "logging.googleapis.com/user/quarantined", resource = "cloud_run_revision", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["resource.label.service_name"] }
    "SAP's messages"          = { metric = "logging.googleapis.com/user/sap-messages", resource = "cloud_run_revision", aligner = "ALIGN_DELTA", reducer = "REDUCE_SUM", by = ["metric.label.family", "metric.label.verdict"] }
    "Orders wait for SAP"     = { metric = "cloudtasks.googleapis.com/queue/depth", resource = "cloud_tasks_queue", aligner = "ALIGN_MAX", reducer = "REDUCE_MAX", by = ["resource.label.queue_id"] }
    "Documents read a second" = { metric = "firestore.googleapis.com/document/read_ops_count", resource = "firestore.googleapis.com/Database", aligner = "ALIGN_RATE", reducer = "REDUCE_SUM", by = ["resource.label.database_id"] }
  }

  subscriptions = merge([
    for key, region in var.regions : { for topic, name in region.subscriptions : name => key }
  ]...)
  # A subscription has its function's name.
  pushed = {
    for key, region in var.regions : key =>
    "resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=one_of(${join(",", [for name in values(region.subscriptions) : "\"${name}\""])})"
  }
  taking = {
    for key, region in var.regions : key =>
    "resource.type=\"cloud_run_revision\" AND resource.labels.service_name=one_of(${join(",", [for name in values(region.subscriptions) : "\"${name}\""])})"
  }
  dead_letters = merge([
    for key, region in var.regions : { for topic, name in region.dead_letters : name => key }
  ]...)
}

resource "google_monitoring_custom_service" "this" {
  for_each = local.services

  project      = var.project.id
  service_id   = each.key
  display_name = "${each.value.route} (${each.value.region})"
}

resource "google_monitoring_slo" "availability" {
  for_each = local.services

  project             = var.project.id
  service             = google_monitoring_custom_service.this[each.key].service_id
  slo_id              = "availability"
  display_name        = "Requests that don't fail"
  goal                = var.objectives.availability
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = "metric.type=\"run.googleapis.com/request_count\" AND ${local.requests[each.key]}"
      bad_service_filter   = "metric.type=\"run.googleapis.com/request_count\" AND ${local.requests[each.key]} AND metric.labels.response_code_class=\"5xx\""
    }
  }
}

resource "google_monitoring_slo" "latency" {
  for_each = local.services

  project             = var.project.id
  service             = google_monitoring_custom_service.this[each.key].service_id
  slo_id              = "latency"
  display_name        = "Requests answered within ${var.objectives.latency_ms} ms"
  goal                = var.objectives.fast_enough
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "metric.type=\"run.googleapis.com/request_latencies\" AND ${local.requests[each.key]}"
      range {
        max = var.objectives.latency_ms
      }
    }
  }
}

# What is promised of the way from and to SAP.
resource "google_monitoring_custom_service" "sap" {
  for_each = var.regions

  project      = var.project.id
  service_id   = "${each.key}-sap"
  display_name = "SAP (${each.key})"
}

resource "google_monitoring_slo" "lag" {
  for_each = local.subscriptions

  project             = var.project.id
  service             = google_monitoring_custom_service.sap[each.value].service_id
  slo_id              = "lag-${each.key}"
  display_name        = "Five minutes in which no message of ${each.key} is late"
  goal                = var.objectives.on_time
  rolling_period_days = 28

  windows_based_sli {
    window_period = "300s"
    metric_mean_in_range {
      time_series = "metric.type=\"pubsub.googleapis.com/subscription/oldest_unacked_message_age\" AND resource.type=\"pubsub_subscription\" AND resource.labels.subscription_id=\"${each.key}\""
      range {
        max = var.objectives.lag_seconds
      }
    }
  }
}

resource "google_monitoring_slo" "outbox" {
  for_each = var.regions

  project             = var.project.id
  service             = google_monitoring_custom_service.sap[each.key].service_id
  slo_id              = "outbox"
  display_name        = "Orders that have not waited for SAP longer than ${var.objectives.lag_seconds} s"
  goal                = var.objectives.on_time
  rolling_period_days = 28

  request_based_sli {
    distribution_cut {
      distribution_filter = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.age.name}\" AND resource.type=\"cloud_run_revision\" AND resource.labels.service_name=\"${each.value.exporter}\""
      range {
        max = var.objectives.lag_seconds
      }
    }
  }
}

resource "google_monitoring_slo" "delivered" {
  for_each = var.regions

  project             = var.project.id
  service             = google_monitoring_custom_service.sap[each.key].service_id
  slo_id              = "delivered"
  display_name        = "Deliveries of SAP's messages that don't end as dead letters"
  goal                = var.objectives.taken
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      total_service_filter = "metric.type=\"pubsub.googleapis.com/subscription/push_request_count\" AND ${local.pushed[each.key]}"
      bad_service_filter   = "metric.type=\"pubsub.googleapis.com/subscription/dead_letter_message_count\" AND ${local.pushed[each.key]}"
    }
  }
}

resource "google_monitoring_slo" "understood" {
  for_each = var.regions

  project             = var.project.id
  service             = google_monitoring_custom_service.sap[each.key].service_id
  slo_id              = "understood"
  display_name        = "SAP's messages that are not quarantined"
  goal                = var.objectives.taken
  rolling_period_days = 28

  request_based_sli {
    good_total_ratio {
      good_service_filter = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.applied.name}\" AND ${local.taking[each.key]}"
      bad_service_filter  = "metric.type=\"logging.googleapis.com/user/${google_logging_metric.said["quarantined"].name}\" AND ${local.taking[each.key]}"
    }
  }
}

resource "google_monitoring_dashboard" "this" {
  project = var.project.id

  dashboard_json = jsonencode({
    displayName = "Sellin"
    gridLayout = {
      columns = "2"
      widgets = [
        for title, chart in local.charts : {
          title = title
          xyChart = {
            dataSets = [{
              plotType = "LINE"
              timeSeriesQuery = {
                timeSeriesFilter = {
                  filter = "metric.type=\"${chart.metric}\" AND resource.type=\"${chart.resource}\""
                  aggregation = {
                    alignmentPeriod    = "60s"
                    perSeriesAligner   = chart.aligner
                    crossSeriesReducer = chart.reducer
                    groupByFields      = chart.by
                  }
                }
              }
            }]
          }
        }
      ]
    }
  })
}
