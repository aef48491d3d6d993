locals {
  key           = one([for encryption in module.encryption : encryption.key])
  documents_key = one([for encryption in module.encryption : encryption.documents_key])

  declared = jsondecode(file("${path.module}/../../../infra/functions.json"))

  # SAP's topics and the function that reads each.
  topics = { for name, function in local.declared : function.topic => name if function.called_by == "pubsub" }

  exporting = {
    EXPORT_QUEUE  = module.queue.queue
    EXPORT_URL    = module.export_order.url
    EXPORT_CALLER = module.queue.caller
  }

  # What differs from one SAP to the next, for the functions that read its messages or call it.
  source_system = { SOURCE_SYSTEM = var.sap.settings }
  # What of it says what keys mean to buyers, for those that tell them.
  buyer_texts = { BUYER_TEXTS = jsonencode(jsondecode(var.sap.settings).buyer_texts) }

  # Each in a folder of its own: a volume is of one secret.
  sap_files = {
    for name, secret in google_secret_manager_secret.sap_file :
    "/etc/sap/${replace(name, ".", "-")}/${name}" => secret.secret_id
  }

  # SECUDIR is where SNC looks for its PSE.
  calling = merge(local.source_system, { for name in var.sap.files : "SECUDIR" => "/etc/sap/${replace(name, ".", "-")}" if endswith(name, ".pse") })

  checking = {
    VAT_QUEUE  = module.vat_queue.queue
    VAT_URL    = module.check_vat_id.url
    VAT_CALLER = module.vat_queue.caller
  }

  # The functions that the portal calls; no others are reached from outside.
  portal = { for name, function in local.declared : name => function if function.called_by == "portal" }

  # What their settings.py name beyond what every function of the portal reads.
  environment = {
    accounts = merge(local.buyer_texts, {
      LOGICAL_SYSTEM        = jsondecode(var.sap.settings).logical_system
      STOCK_OLD_AFTER_HOURS = tostring(jsondecode(var.sap.settings).stock.old_after_hours)
    })
    catalog    = { MEDIA_URL = "https://${var.hostname}/media" }
    operations = merge(local.exporting, local.source_system, { TOPIC_REGION = var.region.key, TOPICS = jsonencode(keys(local.topics)) })
    orders     = merge(local.exporting, local.checking, local.buyer_texts, { VAT_CHECK_DAYS = tostring(var.vat_check_days) })

    simulations = local.calling
  }
  # Those that ask for checks of VAT ids when SAP tells of a company, or of goods that left.
  events = { for name in ["sync_customers", "sync_order_status"] : name => local.checking }
  # Instances that an order season keeps warm at least.
  warm = var.season ? { orders = 3 } : {}
  # Those that call SAP are few: each request of an instance has a session there.
  most = { for name, function in local.portal : name => try(function.sap, false) ? 3 : 50 }
}

module "encryption" {
  source   = "../encryption"
  for_each = toset(var.key_ring[*])

  project   = var.project
  region    = var.region
  documents = var.documents.location
  key_ring  = each.value
  labels    = var.labels
}

module "artifacts" {
  source = "../artifacts"

  project  = var.project
  region   = var.region
  archives = var.archives
  kms_key  = local.key
  labels   = var.labels
}

module "firestore" {
  source = "../firestore"

  project      = var.project
  region       = var.region
  location     = var.documents.location
  kms_key      = local.documents_key
  indexes_file = "${path.module}/../../../infra/firestore.indexes.json"
  rules_file   = "${path.module}/../../../infra/firestore.rules"
}

module "portal_function" {
  source   = "../http_function"
  for_each = local.portal

  project          = var.project
  region           = var.region
  name             = each.key
  archive          = module.artifacts.archives[each.key]
  build            = module.artifacts.build
  database         = module.firestore.database
  database_access  = try(each.value.documents, "write")
  identity_project = var.identity.project
  identity_role    = try(var.identity.roles[each.value.people], null)
  environment      = lookup(local.environment, each.key, {})
  secrets          = try(each.value.sap, false) ? { SAP_DESTINATION = google_secret_manager_secret.sap_destination.secret_id } : {}
  secret_files     = try(each.value.sap, false) ? local.sap_files : {}
  network          = try(each.value.sap, false) ? module.sap_network.egress : null
  scale            = { min = max(var.always_on, lookup(local.warm, each.key, 0)), max = local.most[each.key] }
  log_level        = var.log_level
  kms_key          = local.key
  labels           = var.labels

  depends_on = [google_secret_manager_secret_version.sap_destination, google_secret_manager_secret_version.sap_file]
}

# Who publishes for SAP: SAP's own identity is let speak as it, so that there is no key.
resource "google_service_account" "publisher" {
  project      = var.project.id
  account_id   = "${var.region.key}-sap-publisher"
  display_name = "SAP, publishing to ${var.region.key}"
}

module "event_function" {
  source   = "../event_function"
  for_each = local.topics

  project = var.project
  region  = var.region
  name    = each.value
  topic   = each.key
  # What was quarantined is published again from the desk, what waited once it need not, and what
  # SAP should have told of orders once they are compared.
  publishers = {
    sap        = google_service_account.publisher.email
    operations = module.portal_function["operations"].account
    reconcile  = module.reconcile.account
  }
  dead_letter_readers = { operations = module.portal_function["operations"].account }

  archive     = module.artifacts.archives[each.value]
  build       = module.artifacts.build
  database    = module.firestore.database
  environment = merge(local.source_system, lookup(local.events, each.value, {}))
  log_level   = var.log_level
  kms_key     = local.key
  labels      = var.labels
}

module "sap_network" {
  source = "../sap_network"

  project = var.project
  region  = var.region
  cidr    = var.sap.cidr
  sap     = { ranges = var.sap.ranges, ports = var.sap.ports }
}

resource "google_secret_manager_secret" "sap_destination" {
  project             = var.project.id
  secret_id           = "${var.region.key}-sap-destination"
  labels              = merge(var.labels, { region = var.region.key })
  deletion_protection = true

  replication {
    user_managed {
      replicas {
        location = var.region.location

        dynamic "customer_managed_encryption" {
          for_each = local.key[*]
          content {
            kms_key_name = customer_managed_encryption.value
          }
        }
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

# No parameters yet: the function can start, and the operator adds the version that counts.
resource "google_secret_manager_secret_version" "sap_destination" {
  secret      = google_secret_manager_secret.sap_destination.id
  secret_data = "{}"
}

# Files of the connection. What they hold the operator adds, as of sap_destination; an instance that is
# to log on with one of no content yet tells so and ends.
resource "google_secret_manager_secret" "sap_file" {
  for_each = var.sap.files

  project             = var.project.id
  secret_id           = "${var.region.key}-sap-${replace(each.value, ".", "-")}"
  labels              = merge(var.labels, { region = var.region.key })
  deletion_protection = true

  replication {
    user_managed {
      replicas {
        location = var.region.location

        dynamic "customer_managed_encryption" {
          for_each = local.key[*]
          content {
            kms_key_name = customer_managed_encryption.value
          }
        }
      }
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_secret_manager_secret_version" "sap_file" {
  for_each = google_secret_manager_secret.sap_file

  secret      = each.value.id
  secret_data = "none yet"
}

module "export_order" {
  source = "../http_function"

  project  = var.project
  region   = var.region
  name     = "export_order"
  archive  = module.artifacts.archives["export_order"]
  build    = module.artifacts.build
  database = module.firestore.database
  caller   = module.queue.caller
  secrets  = { SAP_DESTINATION = google_secret_manager_secret.sap_destination.secret_id }

  secret_files = local.sap_files
  network      = module.sap_network.egress
  # As long as a task of shared/queue.py may take.
  scale       = { timeout = 750 }
  environment = local.calling
  log_level   = var.log_level
  kms_key     = local.key
  labels      = var.labels

  depends_on = [google_secret_manager_secret_version.sap_destination, google_secret_manager_secret_version.sap_file]
}

module "queue" {
  source = "../task_queue"

  project = var.project
  region  = var.region
  name    = "export-orders"
  enqueuers = {
    operations = module.portal_function["operations"].account
    orders     = module.portal_function["orders"].account
    reconcile  = module.reconcile.account
  }
}

module "check_vat_id" {
  source = "../http_function"

  project     = var.project
  region      = var.region
  name        = "check_vat_id"
  archive     = module.artifacts.archives["check_vat_id"]
  build       = module.artifacts.build
  database    = module.firestore.database
  caller      = module.vat_queue.caller
  environment = { VIES_URL = "https://ec.europa.eu/taxation_customs/vies/rest-api" }
  scale       = { max = 2 }
  log_level   = var.log_level
  kms_key     = local.key
  labels      = var.labels
}

# VIES is everybody's, and refuses who asks too much at once. What it does not answer within the
# tries, some five hours, reconcile asks for again.
module "vat_queue" {
  source = "../task_queue"

  project = var.project
  region  = var.region
  name    = "check-vat-ids"
  enqueuers = {
    orders            = module.portal_function["orders"].account
    reconcile         = module.reconcile.account
    sync_customers    = module.event_function["sap-customers"].account
    sync_order_status = module.event_function["sap-orders"].account
  }
  rate  = { per_second = 2, concurrent = 2 }
  retry = { attempts = 12, least = 10, most = 3600 }
}

module "reconcile" {
  source = "../http_function"

  project  = var.project
  region   = var.region
  name     = "reconcile"
  archive  = module.artifacts.archives["reconcile"]
  build    = module.artifacts.build
  database = module.firestore.database
  caller   = module.reconcile_job.caller
  secrets  = { SAP_DESTINATION = google_secret_manager_secret.sap_destination.secret_id }

  secret_files = local.sap_files
  network      = module.sap_network.egress
  environment = merge(local.exporting, local.checking, local.calling, {
    TOPIC_REGION  = var.region.key
    WAITING_HOURS = tostring(var.waiting_hours)
  })
  # A call works for fifteen seconds, then waits for what it has asked SAP. All orders of a customer
  # are compared at once.
  scale     = { max = 2, timeout = 120, memory = "1Gi" }
  log_level = var.log_level
  kms_key   = local.key
  labels    = var.labels

  depends_on = [google_secret_manager_secret_version.sap_destination, google_secret_manager_secret_version.sap_file]
}

module "reconcile_job" {
  source = "../scheduled_job"

  project  = var.project
  region   = var.region
  name     = "reconcile"
  url      = module.reconcile.url
  schedule = "* * * * *"
}

module "static" {
  source   = "../portal"
  for_each = toset(["portal", "media"])

  project = var.project
  region  = var.region
  name    = each.key
  config  = each.key == "portal" ? var.sign_in : null
  writers = var.writers
  kms_key = local.key
  labels  = var.labels
}
