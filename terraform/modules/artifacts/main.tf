locals {
  labels = merge(var.labels, { region = var.region.key })
}

resource "google_storage_bucket" "sources" {
  #checkov:skip=CKV_GCP_62:Audit logs tell who wrote, with the account; usage logs are for public buckets
  project                     = var.project.id
  name                        = "${var.project.id}-${var.region.key}-sources"
  location                    = var.region.location
  labels                      = local.labels
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  dynamic "encryption" {
    for_each = var.kms_key[*]
    content {
      default_kms_key_name = encryption.value
    }
  }
  # What ran before can be brought back for three months.
  versioning {
    enabled = true
  }
  lifecycle_rule {
    action {
      type = "Delete"
    }
    condition {
      days_since_noncurrent_time = 90
    }
  }
}

resource "google_storage_bucket_object" "archive" {
  for_each = var.archives

  bucket       = google_storage_bucket.sources.name
  name         = basename(each.value)
  source       = each.value
  content_type = "application/zip"

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_artifact_registry_repository" "functions" {
  #checkov:skip=CKV_GCP_84:A key of one's own is the operator's choice (kms_key); Google's encrypts them otherwise
  project       = var.project.id
  location      = var.region.location
  repository_id = "${var.region.key}-functions"
  description   = "Images that Google builds from the archives"
  format        = "DOCKER"
  kms_key_name  = var.kms_key
  labels        = local.labels

  cleanup_policies {
    id     = "keep-ten"
    action = "KEEP"
    most_recent_versions {
      keep_count = 10
    }
  }
  cleanup_policies {
    id     = "delete-old"
    action = "DELETE"
    condition {
      older_than = "7776000s"
    }
  }
}

# Builds images instead of the project's default account, which may do anything.
resource "google_service_account" "builder" {
  project      = var.project.id
  account_id   = "${var.region.key}-builder"
  display_name = "Builds the functions of ${var.region.key}"
}

resource "google_project_iam_member" "builder_logs" {
  project = var.project.id
  role    = "roles/logging.logWriter"
  member  = google_service_account.builder.member
}

resource "google_storage_bucket_iam_member" "builder" {
  bucket = google_storage_bucket.sources.name
  role   = "roles/storage.objectViewer"
  member = google_service_account.builder.member
}

# Builds begin with a copy of the archive in a bucket of Google's.
resource "google_project_iam_member" "builder_staging" {
  project = var.project.id
  role    = "roles/storage.objectViewer"
  member  = google_service_account.builder.member

  condition {
    title      = "staging-of-functions"
    expression = "resource.name.startsWith(\"projects/_/buckets/gcf-v2-sources-${var.project.number}-\")"
  }
}

resource "google_artifact_registry_repository_iam_member" "builder" {
  project    = var.project.id
  location   = var.region.location
  repository = google_artifact_registry_repository.functions.name
  role       = "roles/artifactregistry.writer"
  member     = google_service_account.builder.member
}
