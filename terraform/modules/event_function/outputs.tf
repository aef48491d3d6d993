output "name" {
  description = "Name of the function, its service and its subscription."
  value       = module.function.name
}

output "account" {
  description = "E-mail of the service account that the function runs as."
  value       = module.function.account
}

output "caller" {
  description = "E-mail of the service account that Pub/Sub calls the function as."
  value       = local.caller
  depends_on  = [google_service_account.caller]
}

output "topic" {
  description = "Resource name of the topic that SAP publishes to."
  value       = google_pubsub_topic.this.id
}

output "subscription" {
  description = "Name of the subscription that pushes to the function."
  value       = google_pubsub_subscription.this.name
}

output "dead_letter_subscription" {
  description = "Name of the subscription that holds what could not be delivered."
  value       = google_pubsub_subscription.dead.name
}

output "public" {
  description = "Whether everybody may call: never."
  value       = module.function.public
}

output "environment" {
  description = "Names of the variables that the function reads."
  value       = module.function.environment
}
