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
  # Made of its parts, so that a plan shows it before the account exists.
  value      = "${local.name}@${var.project.id}.iam.gserviceaccount.com"
  depends_on = [google_service_account.this]
}

output "public" {
  description = "Whether everybody may call, through the load balancer."
  value       = local.public
}

output "environment" {
  description = "Names of the variables that the function reads."
  value       = toset(concat(keys(google_cloudfunctions2_function.this.service_config[0].environment_variables), keys(var.secrets)))
}

output "files" {
  description = "Paths of the files that the function may read of secrets."
  value       = toset(keys(var.secret_files))
}
