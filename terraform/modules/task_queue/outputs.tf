output "queue" {
  description = "Resource name of the queue: projects/<project>/locations/<location>/queues/<name>."
  # Not the resource's id, which is known only after the queue is made.
  value = "projects/${var.project.id}/locations/${var.region.location}/queues/${google_cloud_tasks_queue.this.name}"
}

output "name" {
  description = "Name of the queue."
  value       = google_cloud_tasks_queue.this.name
}

output "caller" {
  description = "E-mail of the service account that the tasks call as."
  # Made of its parts, so that a plan shows it before the account exists.
  value      = "${local.name}-call@${var.project.id}.iam.gserviceaccount.com"
  depends_on = [google_service_account.caller]
}
