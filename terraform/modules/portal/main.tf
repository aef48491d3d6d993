locals {
  name = "${var.project.id}-${var.region.key}-${var.name}"

  policy = join("; ", [
    "default-src 'self'",
    "connect-src 'self' https://identitytoolkit.googleapis.com https://securetoken.googleapis.com",
    "img-src 'self' data:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ])
}

resource "google_storage_bucket" "this" {
  #checkov:skip=CKV_GCP_62:Audit logs tell who wrote, with the account; usage logs are for public buckets
  project                     = var.project.id
  name                        = local.name
  location                    = var.region.location
  labels                      = merge(var.labels, { region = var.region.key })
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

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

  custom_response_headers = [
    "Strict-Transport-Security: max-age=31536000; includeSubDomains",
    "X-Content-Type-Options: nosniff",
    "Referrer-Policy: same-origin",
    "Content-Security-Policy: ${local.policy}",
  ]

  # How long a file may be kept is said by its Cache-Control: hashed names for ever, the
  # start page not at all.
  cdn_policy {
    cache_mode         = "USE_ORIGIN_HEADERS"
    request_coalescing = true
  }
}
