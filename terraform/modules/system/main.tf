locals {
  apis = toset([
    "apikeys.googleapis.com",
    "artifactregistry.googleapis.com",
    "billingbudgets.googleapis.com",
    "cloudbuild.googleapis.com",
    "cloudfunctions.googleapis.com",
    "cloudkms.googleapis.com",
    "cloudscheduler.googleapis.com",
    "cloudtasks.googleapis.com",
    "compute.googleapis.com",
    "dns.googleapis.com",
    "firebaserules.googleapis.com",
    "firestore.googleapis.com",
    "iam.googleapis.com",
    "identitytoolkit.googleapis.com",
    "logging.googleapis.com",
    "monitoring.googleapis.com",
    "pubsub.googleapis.com",
    "run.googleapis.com",
    "secretmanager.googleapis.com",
    "securetoken.googleapis.com",
    "storage.googleapis.com",
  ])
  # Region key to the beginnings of the locations that its functions and documents may have.
  places    = jsondecode(file("${path.module}/../../../infra/regions.json"))
  labels    = merge(var.labels, { system = "sellin" })
  encrypted = sort([for key, region in var.regions : key if region.key_ring != null])

  read_by_functions = ["firestore.googleapis.com", "identitytoolkit.googleapis.com"]
  accounts          = flatten([for region in module.region : [for function in region.functions : "serviceAccount:${function.account}"]])

  # As infra/compat.py decides: the same major, and no earlier.
  misfits = [
    for service, needed in var.portal_needs : "${service} ${needed} is needed, ${lookup(var.contracts, service, "none")} is offered"
    if !try(
      split(".", needed)[0] == split(".", var.contracts[service])[0] &&
      split(".", needed)[1] * 1000000 + split(".", needed)[2] <= split(".", var.contracts[service])[1] * 1000000 + split(".", var.contracts[service])[2],
      false
    )
  ]
}

resource "google_project_service" "this" {
  for_each = local.apis

  project            = var.project.id
  service            = each.key
  disable_on_destroy = false
}

# Who changed a document or a file, or read a secret, a person's record, or documents. What the
# functions read themselves is not logged: it is all there is to read, and they log who asked.
resource "google_project_iam_audit_config" "this" {
  for_each = {
    "firestore.googleapis.com"       = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"]
    "iam.googleapis.com"             = ["ADMIN_READ"]
    "identitytoolkit.googleapis.com" = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"]
    "secretmanager.googleapis.com"   = ["ADMIN_READ", "DATA_READ", "DATA_WRITE"]
    "storage.googleapis.com"         = ["ADMIN_READ", "DATA_WRITE"]
  }

  project = var.project.id
  service = each.key

  dynamic "audit_log_config" {
    for_each = each.value
    content {
      log_type         = audit_log_config.value
      exempted_members = audit_log_config.value == "DATA_READ" && contains(local.read_by_functions, each.key) ? local.accounts : []
    }
  }
}

module "identity" {
  source = "../identity"

  project      = var.project.id
  location     = var.regions[sort(keys(var.regions))[0]].location
  sign_in_with = var.sign_in_with
  hostnames    = [for key in sort(keys(var.regions)) : var.regions[key].hostname]

  depends_on = [google_project_service.this]
}

module "region" {
  source   = "../region"
  for_each = var.regions

  project   = var.project
  region    = { key = each.key, location = each.value.location }
  hostname  = each.value.hostname
  documents = each.value.documents
  sap       = each.value.sap
  key_ring  = each.value.key_ring
  identity  = { project = module.identity.project, roles = module.identity.people_roles }
  sign_in = {
    identity_key = module.identity.api_key
    providers    = { for id, provider in var.sign_in_with : id => provider.name }
  }
  archives       = var.archives
  always_on      = var.always_on
  season         = var.season
  vat_check_days = var.vat_check_days
  waiting_hours  = var.waiting_hours
  writers        = var.writers
  log_level      = var.log_level
  labels         = local.labels

  depends_on = [google_project_service.this]
}

module "load_balancer" {
  source = "../load_balancer"

  project = var.project
  sites   = { for key, region in module.region : key => region.site }
}

module "observability" {
  source = "../observability"

  project = var.project
  regions = { for key, region in module.region : key => region.watched }
  # The only function that changes people's accounts.
  own_accounts = [for region in module.region : region.functions["accounts"].account]
  notify       = var.notify
  budget       = var.budget
  # Beside the first region's key, where there is one; else anywhere.
  audit_logs = {
    location = try(var.regions[local.encrypted[0]].location, "global")
    kms_key  = try(module.region[local.encrypted[0]].key, null)
  }
}
