output "egress" {
  description = "Network, subnetwork and tag for a function that calls SAP."
  value = {
    network    = google_compute_network.this.id
    subnetwork = google_compute_subnetwork.this.id
    tag        = local.tag
  }
}

output "network" {
  description = "Id of the network, to connect a VPN or an interconnect to."
  value       = google_compute_network.this.id
}

output "nat_address" {
  description = "The address that calls come from where they take the Internet."
  value       = google_compute_address.nat.address
}
