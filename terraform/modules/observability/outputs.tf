output "channels" {
  description = "Ids of the notification channels, for alerts made elsewhere."
  value       = local.channels
}
