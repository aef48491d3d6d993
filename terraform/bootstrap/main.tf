# What must be there before there is a place for state: run once for each project, with the
# state kept on the machine that ran it (the bucket can be imported again if it is lost).
terraform {
  required_version = ">= 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
  }
}

variable "project" {
  description = "Id of the empty project."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be a project's id."
  }
}

variable "location" {
  description = "Where the state is: a region or multi-region of Cloud Storage."
  type        = string
  default     = "EU"
  nullable    = false

  validation {
    condition     = can(regex("^(EU|US|[a-z]+-[a-z]+[0-9]+)$", var.location))
    error_message = "location must be EU, US or a region."
  }
}

variable "key_ring" {
  description = "Name of a key ring to make, whose key encrypts the state; null for Google's."
  type        = string
  default     = null

  validation {
    condition     = var.key_ring == null || can(regex("^[A-Za-z0-9_-]{1,63}$", var.key_ring))
    error_message = "key_ring must be 1 to 63 letters, digits, hyphens and underscores."
  }
}

# Terraform turns on all the others itself, by these.
resource "google_project_service" "this" {
  for_each = toset([
    "cloudresourcemanager.googleapis.com",
    "serviceusage.googleapis.com",
    "storage.googleapis.com",
  ])

  project            = var.project
  service            = each.key
  disable_on_destroy = false
}

resource "google_project_service" "kms" {
  for_each = toset(var.key_ring[*])

  project            = var.project
  service            = "cloudkms.googleapis.com"
  disable_on_destroy = false
}

resource "google_kms_key_ring" "state" {
  for_each = google_project_service.kms

  project = var.project
  # Cloud Storage's EU is Cloud KMS's europe; other names are the same in both.
  location = var.location == "EU" ? "europe" : lower(var.location)
  name     = each.key
}

resource "google_kms_crypto_key" "state" {
  for_each = google_kms_key_ring.state

  key_ring        = each.value.id
  name            = "state"
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

# Who encrypts buckets' files for the project.
data "google_storage_project_service_account" "this" {
  for_each = google_kms_crypto_key.state

  project    = var.project
  depends_on = [google_project_service.this]
}

resource "google_kms_crypto_key_iam_member" "state" {
  for_each = google_kms_crypto_key.state

  crypto_key_id = each.value.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = data.google_storage_project_service_account.this[each.key].member
}

resource "google_storage_bucket" "state" {
  #checkov:skip=CKV_GCP_62:Audit logs tell who wrote, with the account; usage logs are for public buckets
  project                     = var.project
  name                        = "${var.project}-terraform"
  location                    = var.location
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  dynamic "encryption" {
    for_each = google_kms_crypto_key.state
    content {
      default_kms_key_name = encryption.value.id
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
      num_newer_versions = 50
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.this, google_kms_crypto_key_iam_member.state]
}

output "bucket" {
  description = "The bucket for state: terraform init -backend-config=bucket=<this>."
  value       = google_storage_bucket.state.name
}
