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

resource "google_storage_bucket" "state" {
  #checkov:skip=CKV_GCP_62:Audit logs tell who wrote, with the account; usage logs are for public buckets
  project                     = var.project
  name                        = "${var.project}-terraform"
  location                    = var.location
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
      num_newer_versions = 50
    }
  }

  lifecycle {
    prevent_destroy = true
  }

  depends_on = [google_project_service.this]
}

output "bucket" {
  description = "The bucket for state: terraform init -backend-config=bucket=<this>."
  value       = google_storage_bucket.state.name
}
