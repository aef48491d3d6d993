locals {
  http = merge(module.portal_function, { check_vat_id = module.check_vat_id, export_order = module.export_order, reconcile = module.reconcile })
}

output "site" {
  description = "What the load balancer needs: host name, location, services by route, backend buckets."
  value = {
    hostname = var.hostname
    location = var.region.location
    services = { for route, function in module.portal_function : route => function.name }
    portal   = module.static["portal"].backend
    media    = module.static["media"].backend
  }
}

output "watched" {
  description = "What is watched: host name, location, services by route, subscriptions and dead letters by topic, queue, and the function that empties it."
  value = {
    hostname = var.hostname
    location = var.region.location
    # What asks SAP is as slow as SAP is, and nobody needs its answer.
    services      = { for route, function in module.portal_function : route => function.name if !try(local.portal[route].sap, false) }
    subscriptions = { for topic, function in module.event_function : topic => function.subscription }
    dead_letters  = { for topic, function in module.event_function : topic => function.dead_letter_subscription }
    queue         = module.queue.name
    exporter      = module.export_order.name
  }
}

output "functions" {
  description = "Function to its account, whether everybody may call it, and the names of the variables and paths of the files it reads."
  value = merge(
    {
      for name, function in local.http : name => {
        account     = function.account
        public      = function.public
        environment = function.environment
        files       = function.files
      }
    },
    {
      for topic, function in module.event_function : local.topics[topic] => {
        account     = function.account
        public      = function.public
        environment = function.environment
        files       = toset([])
      }
    },
  )
}

output "callers" {
  description = "E-mail of the account that calls each function which no person calls."
  value = merge(
    { check_vat_id = module.vat_queue.caller, export_order = module.queue.caller, reconcile = module.reconcile_job.caller },
    { for topic, function in module.event_function : local.topics[topic] => function.caller },
  )
}

output "key" {
  description = "Resource name of the key for what lies in the region's location; null where Google's are used."
  value       = local.key
}

output "database" {
  description = "Name of the region's Firestore database."
  value       = module.firestore.database
}

output "publisher" {
  description = "E-mail of the account that SAP publishes as."
  value       = google_service_account.publisher.email
}

output "topics" {
  description = "Topic without its region to its resource name, for SAP."
  value       = { for topic, function in module.event_function : topic => function.topic }
}

output "uploads" {
  description = "Names of the buckets that the portal's files and the pictures are uploaded to."
  value       = { for name, static in module.static : name => static.bucket }
}

output "sap_secret" {
  description = "Id of the secret that holds SAP's connection parameters as JSON."
  value       = google_secret_manager_secret.sap_destination.secret_id
}

output "nat_address" {
  description = "The address that SAP sees where no VPN leads to it."
  value       = module.sap_network.nat_address
}
