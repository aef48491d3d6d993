output "database" {
  description = "Name of the database, which the functions' settings hold."
  value       = google_firestore_database.this.name
}
