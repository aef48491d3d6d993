locals {
  name = "${var.project.id}-${var.region.key}-${var.name}"

  # The same as those of the portal's image and of the local cloud.
  headers = jsondecode(file("${path.module}/../../../infra/headers.json"))
}

resource "google_storage_bucket" "this" {
  #checkov:skip=CKV_GCP_62:Audit logs tell who wrote, with the account; usage logs are for public buckets
  project                     = var.project.id
  name                        = local.name
  location                    = var.region.location
  labels                      = merge(var.labels, { region = var.region.key })
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  dynamic "encryption" {
    for_each = var.kms_key[*]
    content {
      default_kms_key_name = encryption.value
    }
  }
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

# The bucket is not public: the load balancer reads it, under its own account.
resource "google_storage_bucket_iam_member" "load_balancer" {
  bucket = google_storage_bucket.this.name
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:service-${var.project.number}@https-lb.iam.gserviceaccount.com"

  # Google makes that account with the project's first backend.
  depends_on = [google_compute_backend_bucket.this]
}

resource "google_storage_bucket_iam_member" "writer" {
  for_each = var.writers

  bucket = google_storage_bucket.this.name
  role   = "roles/storage.objectUser"
  member = each.value
}

resource "google_compute_backend_bucket" "this" {
  project          = var.project.id
  name             = "${var.region.key}-${var.name}"
  bucket_name      = google_storage_bucket.this.name
  enable_cdn       = true
  compression_mode = "AUTOMATIC"

  custom_response_headers = [for name, value in local.headers : "${name}: ${value}"]

  # How long a file may be kept is said by its Cache-Control: hashed names for ever, the
  # start page not at all.
  cdn_policy {
    cache_mode         = "USE_ORIGIN_HEADERS"
    request_coalescing = true
  }
}

# What the portal asks first of all: the files are the same in every environment.
resource "google_storage_bucket_object" "config" {
  count = var.config == null ? 0 : 1

  bucket        = google_storage_bucket.this.name
  name          = "config.json"
  content_type  = "application/json"
  cache_control = "no-cache"
  content = jsonencode({
    identity = {
      accounts = "https://identitytoolkit.googleapis.com/v1/accounts"
      tokens   = "https://securetoken.googleapis.com/v1/token"
      key      = var.config.identity_key
    }
    providers    = [for id, name in var.config.providers : { id = id, name = name }]
    idle_minutes = var.config.idle_minutes
  })
}
