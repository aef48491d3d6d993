output "bucket" {
  description = "Name of the bucket that the files are uploaded to."
  value       = google_storage_bucket.this.name
}

output "backend" {
  description = "Id of the backend bucket, for the load balancer."
  value       = google_compute_backend_bucket.this.id
}
