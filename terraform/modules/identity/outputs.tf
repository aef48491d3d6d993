output "project" {
  description = "Id of the project whose Identity Platform signs people in, once it does."
  value       = google_identity_platform_config.this.project
}
