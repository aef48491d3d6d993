locals {
  places   = jsondecode(file("${path.module}/../../../infra/regions.json"))
  filters  = jsondecode(file(var.filters_file))
  releases = var.stages["dev"].project
  later    = { for name, stage in var.stages : name => stage if name != "dev" }
  branch   = "main"
  # As terraform/modules/portal names them.
  portals = { for name, stage in var.stages : name => join(" ", [for region in sort(stage.regions) : "${stage.project}-${region}-portal"]) }
  objects = "projects/_/buckets/${local.releases}-releases/objects"
  # A set of at most one: whether there is a key for the archives.
  encrypted = toset(var.encrypted ? ["archives"] : [])

  # What it takes to apply terraform/environments, which makes accounts and grants roles too.
  roles = toset([
    "roles/artifactregistry.admin",
    "roles/cloudbuild.builds.viewer",
    "roles/cloudfunctions.admin",
    "roles/cloudkms.admin",
    "roles/cloudscheduler.admin",
    "roles/cloudtasks.admin",
    "roles/compute.admin",
    "roles/datastore.owner",
    "roles/dns.admin",
    "roles/firebaserules.admin",
    "roles/iam.serviceAccountAdmin",
    "roles/iam.serviceAccountUser",
    "roles/identityplatform.admin",
    "roles/logging.admin",
    "roles/monitoring.admin",
    "roles/pubsub.admin",
    "roles/resourcemanager.projectIamAdmin",
    "roles/run.admin",
    "roles/secretmanager.admin",
    "roles/serviceusage.serviceUsageAdmin",
    "roles/storage.admin",
  ])
  grants = { for pair in setproduct(keys(var.stages), local.roles) : "${pair[0]}/${pair[1]}" => { stage = pair[0], role = pair[1] } }
}

# Deploys one environment and no other.
resource "google_service_account" "this" {
  for_each = var.stages

  project      = each.value.project
  account_id   = "delivery"
  display_name = "Deploys ${each.key}"
}

resource "google_project_iam_member" "this" {
  for_each = local.grants

  project = var.stages[each.value.stage].project
  role    = each.value.role
  member  = google_service_account.this[each.value.stage].member
}

# The archives, what each holds, who made it, and which of them an environment runs.
resource "google_storage_bucket" "releases" {
  #checkov:skip=CKV_GCP_62:Audit logs tell who wrote, with the account; usage logs are for public buckets
  project                     = local.releases
  name                        = "${local.releases}-releases"
  location                    = "EU"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  dynamic "encryption" {
    for_each = google_kms_crypto_key.archives
    content {
      default_kms_key_name = encryption.value.id
    }
  }
  versioning {
    enabled = true
  }

  lifecycle {
    prevent_destroy = true
  }
  depends_on = [google_kms_crypto_key_iam_member.archives]
}

# Who encrypts buckets' files for the project.
data "google_storage_project_service_account" "this" {
  for_each = local.encrypted

  project = local.releases
}

resource "google_kms_crypto_key" "archives" {
  for_each = local.encrypted

  key_ring        = google_kms_key_ring.this.id
  name            = "archives"
  rotation_period = "7776000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "archives" {
  for_each = local.encrypted

  crypto_key_id = google_kms_crypto_key.archives[each.key].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = data.google_storage_project_service_account.this[each.key].member
}

resource "google_storage_bucket_iam_member" "releases" {
  for_each = var.stages

  bucket = google_storage_bucket.releases.name
  role   = each.key == "dev" ? "roles/storage.objectUser" : "roles/storage.objectViewer"
  member = google_service_account.this[each.key].member
}

# A later environment writes down what it runs and whose turn it is, and can't change an archive.
resource "google_storage_bucket_iam_member" "record" {
  for_each = local.later

  bucket = google_storage_bucket.releases.name
  role   = "roles/storage.objectUser"
  member = google_service_account.this[each.key].member

  condition {
    title      = "set-of-${each.key}"
    expression = "resource.name == \"${local.objects}/sets/${each.key}.json\" || resource.name == \"${local.objects}/turns/${each.key}\""
  }
}

resource "google_project_service" "kms" {
  project            = local.releases
  service            = "cloudkms.googleapis.com"
  disable_on_destroy = false
}

resource "google_kms_key_ring" "this" {
  project  = local.releases
  location = "europe"
  name     = "sellin"

  depends_on = [google_project_service.kms]
}

# Signs what was made and tested; asymmetric keys are not rotated by Google.
resource "google_kms_crypto_key" "releases" {
  key_ring = google_kms_key_ring.this.id
  name     = "releases"
  purpose  = "ASYMMETRIC_SIGN"

  version_template {
    algorithm = "EC_SIGN_P256_SHA256"
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "releases" {
  for_each = var.stages

  crypto_key_id = google_kms_crypto_key.releases.id
  role          = each.key == "dev" ? "roles/cloudkms.signerVerifier" : "roles/cloudkms.publicKeyViewer"
  member        = google_service_account.this[each.key].member
}

resource "google_cloudbuild_trigger" "function" {
  for_each = local.filters

  project         = local.releases
  location        = var.location
  name            = replace(each.key, "_", "-")
  description     = "A push that touches functions/${each.key}"
  service_account = google_service_account.this["dev"].id
  filename        = "infra/pipelines/function.yaml"
  included_files  = each.value

  repository_event_config {
    repository = var.stages["dev"].repository
    push {
      branch = "^${local.branch}$"
    }
  }

  substitutions = {
    _FUNCTION = each.key
    _URL      = var.stages["dev"].url
    _BUILDER  = google_service_account.this["dev"].email
  }
}

# The headers that the portal is served with are part of it.
resource "google_cloudbuild_trigger" "portal" {
  project         = local.releases
  location        = var.location
  name            = "portal"
  description     = "A push that touches the portal"
  service_account = google_service_account.this["dev"].id
  filename        = "infra/pipelines/portal.yaml"
  included_files = [
    "web/**", "shared/text/languages.json", "infra/functions.json", "infra/headers.json", "infra/pipelines/upload.sh"
  ]

  repository_event_config {
    repository = var.stages["dev"].repository
    push {
      branch = "^${local.branch}$"
    }
  }

  substitutions = {
    _URL     = var.stages["dev"].url
    _BUCKETS = local.portals["dev"]
    _BUILDER = google_service_account.this["dev"].email
  }
}

# Run by a person, who names the archive, and approved by another.
resource "google_cloudbuild_trigger" "promote" {
  for_each = local.later

  project         = each.value.project
  location        = var.location
  name            = "promote"
  description     = "Brings an archive to ${each.key}"
  service_account = google_service_account.this[each.key].id

  source_to_build {
    repository = each.value.repository
    ref        = "refs/heads/${local.branch}"
    repo_type  = "GITHUB"
  }
  git_file_source {
    path       = "infra/pipelines/promote.yaml"
    repository = each.value.repository
    revision   = "refs/heads/${local.branch}"
    repo_type  = "GITHUB"
  }
  approval_config {
    approval_required = true
  }

  substitutions = {
    _ENV              = each.key
    _URL              = each.value.url
    _RELEASES_PROJECT = local.releases
    _BUILDER          = google_service_account.this[each.key].email
  }
}

# The same for the portal: built from the commit of the archive that the person names.
resource "google_cloudbuild_trigger" "portal_promote" {
  for_each = local.later

  project         = each.value.project
  location        = var.location
  name            = "portal-promote"
  description     = "Brings a portal to ${each.key}"
  service_account = google_service_account.this[each.key].id

  source_to_build {
    repository = each.value.repository
    ref        = "refs/heads/${local.branch}"
    repo_type  = "GITHUB"
  }
  git_file_source {
    path       = "infra/pipelines/portal-promote.yaml"
    repository = each.value.repository
    revision   = "refs/heads/${local.branch}"
    repo_type  = "GITHUB"
  }
  approval_config {
    approval_required = true
  }

  substitutions = {
    _URL              = each.value.url
    _BUCKETS          = local.portals[each.key]
    _RELEASES_PROJECT = local.releases
    _BUILDER          = google_service_account.this[each.key].email
  }
}
