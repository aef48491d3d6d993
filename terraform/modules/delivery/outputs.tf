output "accounts" {
  description = "Environment to the e-mail of the account that deploys it."
  value       = { for stage, account in google_service_account.this : stage => account.email }
}

output "releases" {
  description = "Name of the bucket that holds the archives and what each environment runs."
  value       = google_storage_bucket.releases.name
}
