output "archives" {
  description = "Function to its uploaded archive: bucket and object."
  value = {
    for function, object in google_storage_bucket_object.archive : function => {
      bucket = google_storage_bucket.sources.name
      object = object.name
    }
  }
}

output "build" {
  description = "E-mail of the builder's service account and id of the repository of images, once the builder may do all that it must."
  value = {
    account    = google_service_account.builder.email
    repository = google_artifact_registry_repository.functions.id
  }
  depends_on = [
    google_artifact_registry_repository_iam_member.builder,
    google_project_iam_member.builder_logs,
    google_project_iam_member.builder_staging,
    google_storage_bucket_iam_member.builder,
  ]
}
