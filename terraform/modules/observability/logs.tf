# How old an order is when it is handed over or fails to be; what waits is tried each minute.
resource "google_logging_metric" "age" {
  project         = var.project.id
  name            = "export-age"
  description     = "Seconds since an order was placed, at each attempt to hand it over to SAP"
  filter          = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"export\""
  value_extractor = "EXTRACT(jsonPayload.age_seconds)"

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"
  }
  bucket_options {
    exponential_buckets {
      num_finite_buckets = 40
      growth_factor      = 1.4
      scale              = 1
    }
  }
}

# The functions say it of each message that they took, at the level INFO.
resource "google_logging_metric" "applied" {
  project     = var.project.id
  name        = "applied"
  description = "SAP's messages that a function understood"
  filter      = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"applied\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

# How late what SAP said was applied, by family: of each message its oldest part.
resource "google_logging_metric" "lag" {
  project         = var.project.id
  name            = "sap-lag"
  description     = "Seconds from SAP's stamp to its application, of each message that changed something"
  filter          = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"lag\""
  value_extractor = "EXTRACT(jsonPayload.lag_seconds)"

  label_extractors = {
    family = "EXTRACT(jsonPayload.family)"
  }
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "DISTRIBUTION"
    unit        = "s"
    labels {
      key         = "family"
      value_type  = "STRING"
      description = "MESTYP, stock, or other for what can't be read"
    }
  }
  bucket_options {
    exponential_buckets {
      num_finite_buckets = 40
      growth_factor      = 1.4
      scale              = 1
    }
  }
}

# One line for each family and what became of it in a message; how many parts each line is of the
# desk shows.
resource "google_logging_metric" "counted" {
  project     = var.project.id
  name        = "sap-messages"
  description = "SAP's messages by family and by what became of them"
  filter      = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"counted\""

  label_extractors = {
    family  = "EXTRACT(jsonPayload.family)"
    verdict = "EXTRACT(jsonPayload.verdict)"
  }
  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
    labels {
      key         = "family"
      value_type  = "STRING"
      description = "MESTYP, stock, or other for what can't be read"
    }
    labels {
      key         = "verdict"
      value_type  = "STRING"
      description = "applied, unchanged, stale, duplicate, conflict, ignored, waiting or quarantined"
    }
  }
}

# What browsers report of the portal's pages, as the function accounts logs it.
resource "google_logging_metric" "violated" {
  project     = var.project.id
  name        = "policy-violated"
  description = "Reports that a page of the portal tried what its content security policy forbids"
  filter      = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"policy violated\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

# What the functions say in their logs that a person must look at.
resource "google_logging_metric" "said" {
  for_each = local.sayings

  project     = var.project.id
  name        = replace(each.key, " ", "-")
  description = each.value.title
  filter      = "resource.type=\"cloud_run_revision\" AND jsonPayload.message=\"${each.key}\""

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

resource "google_logging_project_bucket_config" "default" {
  project        = var.project.id
  location       = "global"
  bucket_id      = "_Default"
  retention_days = 30
}

# Who encrypts logs for the project.
data "google_logging_project_cmek_settings" "this" {
  for_each = toset(var.audit_logs.kms_key[*])

  project = var.project.id
}

resource "google_kms_crypto_key_iam_member" "audit" {
  for_each = data.google_logging_project_cmek_settings.this

  crypto_key_id = each.key
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:${each.value.service_account_id}"
}

# Who did what to the project, kept for longer than the functions' own logs.
resource "google_logging_project_bucket_config" "audit" {
  project        = var.project.id
  location       = var.audit_logs.location
  bucket_id      = "sellin-audit"
  retention_days = 400

  dynamic "cmek_settings" {
    for_each = var.audit_logs.kms_key[*]
    content {
      kms_key_name = cmek_settings.value
    }
  }

  depends_on = [google_kms_crypto_key_iam_member.audit]
}

resource "google_logging_project_sink" "audit" {
  project                = var.project.id
  name                   = "sellin-audit"
  destination            = "logging.googleapis.com/${google_logging_project_bucket_config.audit.id}"
  filter                 = "log_id(\"cloudaudit.googleapis.com/data_access\") OR log_id(\"cloudaudit.googleapis.com/policy\")"
  unique_writer_identity = true
}
