locals {
  # Google's names have hyphens where Python's have underscores.
  name = "${var.region.key}-${replace(var.name, "_", "-")}"
  # Cloud Run's fixed form, known before the service is: the function needs its own
  # address as the audience of its callers' tokens.
  url    = "https://${local.name}-${var.project.number}.${var.region.location}.run.app"
  public = var.caller == null

  every = {
    GOOGLE_CLOUD_PROJECT = var.project.id
    FIRESTORE_DATABASE   = var.database
    LOG_LEVEL            = var.log_level
    # Documents that are read come to the thread that asked, not through one made for each request.
    GRPC_SINGLE_THREADED_UNARY_STREAM = "1"
  }
  people = { for name, value in { IDENTITY_PROJECT = var.identity_project } : name => value if local.public }
  machine = {
    for name, value in {
      OIDC_AUDIENCE  = local.url
      OIDC_CALLER    = var.caller
      OIDC_CERTS_URL = "https://www.googleapis.com/oauth2/v1/certs"
    } : name => value if !local.public
  }
}

resource "google_service_account" "this" {
  project      = var.project.id
  account_id   = local.name
  display_name = "Function ${local.name}"
}

# A database has no IAM policy of its own; the condition keeps the account in its region's.
resource "google_project_iam_member" "database" {
  project = var.project.id
  role    = var.database_access == "read" ? "roles/datastore.viewer" : "roles/datastore.user"
  member  = google_service_account.this.member

  condition {
    title      = "database-${var.database}"
    expression = "resource.name == \"projects/${var.project.id}/databases/${var.database}\""
  }
}

resource "google_project_iam_member" "identity" {
  for_each = toset(var.identity_role[*])

  project = var.identity_project
  role    = each.value
  member  = google_service_account.this.member
}

resource "google_secret_manager_secret_iam_member" "this" {
  for_each = var.secrets

  project   = var.project.id
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this.member
}

resource "google_secret_manager_secret_iam_member" "file" {
  for_each = var.secret_files

  project   = var.project.id
  secret_id = each.value
  role      = "roles/secretmanager.secretAccessor"
  member    = google_service_account.this.member
}

resource "google_cloudfunctions2_function" "this" {
  project      = var.project.id
  location     = var.region.location
  name         = local.name
  description  = "functions/${var.name}"
  kms_key_name = var.kms_key
  labels       = merge(var.labels, { function = var.name, region = var.region.key })

  build_config {
    runtime           = "python313"
    entry_point       = "main"
    service_account   = "projects/${var.project.id}/serviceAccounts/${var.build.account}"
    docker_repository = var.build.repository
    source {
      storage_source {
        bucket = var.archive.bucket
        object = var.archive.object
      }
    }
  }

  service_config {
    service_account_email            = google_service_account.this.email
    ingress_settings                 = local.public ? "ALLOW_INTERNAL_AND_GCLB" : "ALLOW_INTERNAL_ONLY"
    environment_variables            = merge(local.every, local.people, local.machine, var.environment)
    min_instance_count               = var.scale.min
    max_instance_count               = var.scale.max
    max_instance_request_concurrency = var.scale.concurrency
    available_cpu                    = var.scale.cpu
    available_memory                 = var.scale.memory
    timeout_seconds                  = var.scale.timeout
    # What infra/rollout.py pinned stays pinned: neither a canary nor a roll-back is undone.
    all_traffic_on_latest_revision = false
    direct_vpc_egress              = var.network == null ? null : "VPC_EGRESS_ALL_TRAFFIC"

    dynamic "direct_vpc_network_interface" {
      for_each = var.network[*]
      content {
        network    = direct_vpc_network_interface.value.network
        subnetwork = direct_vpc_network_interface.value.subnetwork
        tags       = [direct_vpc_network_interface.value.tag]
      }
    }

    dynamic "secret_environment_variables" {
      for_each = var.secrets
      content {
        key        = secret_environment_variables.key
        project_id = var.project.id
        secret     = secret_environment_variables.value
        version    = "latest"
      }
    }

    dynamic "secret_volumes" {
      for_each = var.secret_files
      content {
        mount_path = dirname(secret_volumes.key)
        project_id = var.project.id
        secret     = secret_volumes.value
        versions {
          version = "latest"
          path    = basename(secret_volumes.key)
        }
      }
    }
  }

  # An instance can't start before it may read its secrets.
  depends_on = [google_secret_manager_secret_iam_member.this, google_secret_manager_secret_iam_member.file]
}

# The load balancer brings no identity of its own: a function for the portal lets everyone
# in whom its ingress lets in, and checks the person's token itself.
resource "google_cloud_run_v2_service_iam_member" "invoker" {
  project  = var.project.id
  location = var.region.location
  name     = google_cloudfunctions2_function.this.name
  role     = "roles/run.invoker"
  member   = local.public ? "allUsers" : "serviceAccount:${var.caller}"
}
