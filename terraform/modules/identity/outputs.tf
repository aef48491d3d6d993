output "project" {
  description = "Id of the project whose Identity Platform signs people in, once it does."
  value       = google_identity_platform_config.this.project
}

output "api_key" {
  description = "The key that the portal names when people sign in; every browser sees it, so it is no secret."
  value       = nonsensitive(google_identity_platform_config.this.client[0].api_key)
}
