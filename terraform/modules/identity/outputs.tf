output "project" {
  description = "Id of the project whose Identity Platform signs people in, once it does."
  value       = google_identity_platform_config.this.project
}

output "api_key" {
  description = "The key that the portal names when people sign in; every browser sees it, so it is no secret."
  value       = nonsensitive(google_apikeys_key.portal.key_string)
}

output "people_roles" {
  description = "What a function may do with people's records (read, sign_out) to the role that lets it."
  value = {
    # Not their names, which nobody knows before they are made.
    for use, role in google_project_iam_custom_role.people : use => "projects/${role.project}/roles/${role.role_id}"
  }
}
