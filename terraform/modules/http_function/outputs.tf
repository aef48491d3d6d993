output "name" {
  description = "Name of the function and of the Cloud Run service that runs it."
  value       = google_cloudfunctions2_function.this.name
}

output "url" {
  description = "Address of the function's own, and the audience of its callers' tokens."
  value       = local.url
}

output "account" {
  description = "E-mail of the service account that the function runs as."
  value       = google_service_account.this.email
}
