output "caller" {
  description = "E-mail of the service account that the job calls as."
  value       = google_service_account.caller.email
}
