locals {
  name = "${var.region.key}-sap"
  tag  = "${var.region.key}-calls-sap"
  # Google's APIs at addresses that need no way to the Internet.
  google_apis = ["199.36.153.8", "199.36.153.9", "199.36.153.10", "199.36.153.11"]
}

resource "google_compute_network" "this" {
  project                 = var.project.id
  name                    = local.name
  auto_create_subnetworks = false
}

resource "google_compute_subnetwork" "this" {
  project                  = var.project.id
  region                   = var.region.location
  name                     = local.name
  network                  = google_compute_network.this.id
  ip_cidr_range            = var.cidr
  private_ip_google_access = true

  log_config {
    aggregation_interval = "INTERVAL_10_MIN"
    flow_sampling        = 0.5
    metadata             = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_dns_managed_zone" "google" {
  project     = var.project.id
  name        = "${local.name}-googleapis"
  dns_name    = "googleapis.com."
  description = "Google's APIs, from within ${local.name}"
  visibility  = "private"

  private_visibility_config {
    networks {
      network_url = google_compute_network.this.id
    }
  }
}

resource "google_dns_record_set" "google" {
  for_each = {
    "private.googleapis.com." = { type = "A", values = local.google_apis }
    "*.googleapis.com."       = { type = "CNAME", values = ["private.googleapis.com."] }
  }

  project      = var.project.id
  managed_zone = google_dns_managed_zone.google.name
  name         = each.key
  type         = each.value.type
  ttl          = 300
  rrdatas      = each.value.values
}

resource "google_compute_firewall" "sap" {
  project            = var.project.id
  name               = "${local.name}-allow"
  description        = "SAP's RFC gateway"
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = var.sap.ranges
  target_tags        = [local.tag]

  allow {
    protocol = "tcp"
    ports    = var.sap.ports
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

resource "google_compute_firewall" "google" {
  project            = var.project.id
  name               = "${local.name}-google"
  description        = "Google's APIs"
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 1000
  destination_ranges = [for address in local.google_apis : "${address}/32"]
  target_tags        = [local.tag]

  allow {
    protocol = "tcp"
    ports    = ["443"]
  }
}

resource "google_compute_firewall" "deny" {
  project            = var.project.id
  name               = "${local.name}-deny"
  description        = "Nowhere else"
  network            = google_compute_network.this.id
  direction          = "EGRESS"
  priority           = 65000
  destination_ranges = ["0.0.0.0/0"]

  deny {
    protocol = "all"
  }

  log_config {
    metadata = "EXCLUDE_ALL_METADATA"
  }
}

# One fixed address, which the firewall in front of SAP can name where no VPN leads there.
resource "google_compute_address" "nat" {
  project = var.project.id
  region  = var.region.location
  name    = "${local.name}-nat"
}

resource "google_compute_router" "this" {
  project = var.project.id
  region  = var.region.location
  name    = local.name
  network = google_compute_network.this.id
}

resource "google_compute_router_nat" "this" {
  project                            = var.project.id
  region                             = var.region.location
  name                               = local.name
  router                             = google_compute_router.this.name
  nat_ip_allocate_option             = "MANUAL_ONLY"
  nat_ips                            = [google_compute_address.nat.self_link]
  source_subnetwork_ip_ranges_to_nat = "LIST_OF_SUBNETWORKS"

  subnetwork {
    name                    = google_compute_subnetwork.this.id
    source_ip_ranges_to_nat = ["ALL_IP_RANGES"]
  }

  log_config {
    enable = true
    filter = "ERRORS_ONLY"
  }
}
