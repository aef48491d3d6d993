locals {
  services = merge([
    for key, site in var.sites : {
      for route, service in site.services : "${key}/${route}" => {
        site     = key
        route    = route
        service  = service
        location = site.location
      }
    }
  ]...)
  hostnames = [for key in sort(keys(var.sites)) : var.sites[key].hostname]
  addresses = { ipv4 = google_compute_global_address.this["IPV4"].address, ipv6 = google_compute_global_address.this["IPV6"].address }

  headers = jsondecode(file("${path.module}/../../../infra/headers.json"))

  # Google's rule sets after OWASP's, each at the level with the fewest false alarms. Without
  # the one for methods, which takes PUT, PATCH and DELETE for attacks.
  attacks = {
    100 = "sqli-v33-stable"
    101 = "xss-v33-stable"
    102 = "lfi-v33-stable"
    103 = "rfi-v33-stable"
    104 = "rce-v33-stable"
    105 = "scannerdetection-v33-stable"
    106 = "protocolattack-v33-stable"
    107 = "sessionfixation-v33-stable"
  }
}

resource "google_compute_global_address" "this" {
  for_each = toset(["IPV4", "IPV6"])

  project    = var.project.id
  name       = "sellin-${lower(each.key)}"
  ip_version = each.key
}

resource "google_compute_region_network_endpoint_group" "this" {
  for_each = local.services

  project               = var.project.id
  region                = each.value.location
  name                  = each.value.service
  network_endpoint_type = "SERVERLESS"

  cloud_run {
    service = each.value.service
  }
}

resource "google_compute_security_policy" "this" {
  project     = var.project.id
  name        = "sellin"
  description = "What may reach the functions"

  advanced_options_config {
    json_parsing = "STANDARD"
  }

  # Log4Shell and what came after it.
  rule {
    action      = "deny(403)"
    priority    = 99
    description = "cve-canary"
    match {
      expr {
        expression = "evaluatePreconfiguredWaf('cve-canary')"
      }
    }
  }

  # After the attacks: a request within the limit is let in without another look.
  rule {
    action      = "throttle"
    priority    = 500
    description = "Nobody takes more than their share"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
    rate_limit_options {
      conform_action = "allow"
      exceed_action  = "deny(429)"
      enforce_on_key = "IP"
      rate_limit_threshold {
        count        = var.requests_per_minute
        interval_sec = 60
      }
    }
  }

  dynamic "rule" {
    for_each = local.attacks
    content {
      action      = "deny(403)"
      priority    = tonumber(rule.key)
      description = rule.value
      match {
        expr {
          expression = "evaluatePreconfiguredWaf('${rule.value}', {'sensitivity': 1})"
        }
      }
    }
  }

  rule {
    action      = "allow"
    priority    = 2147483647
    description = "All others"
    match {
      versioned_expr = "SRC_IPS_V1"
      config {
        src_ip_ranges = ["*"]
      }
    }
  }
}

resource "google_compute_backend_service" "this" {
  for_each = local.services

  project               = var.project.id
  name                  = each.value.service
  load_balancing_scheme = "EXTERNAL_MANAGED"
  protocol              = "HTTPS"
  security_policy       = google_compute_security_policy.this.id

  custom_response_headers = [for name in ["Strict-Transport-Security", "X-Content-Type-Options"] : "${name}: ${local.headers[name]}"]

  backend {
    group = google_compute_region_network_endpoint_group.this[each.key].id
  }

  log_config {
    enable      = true
    sample_rate = 1
  }
}

resource "google_compute_url_map" "this" {
  project = var.project.id
  name    = "sellin"

  # A host that is not ours, or none.
  default_url_redirect {
    host_redirect          = local.hostnames[0]
    https_redirect         = true
    redirect_response_code = "FOUND"
    strip_query            = false
  }

  dynamic "host_rule" {
    for_each = var.sites
    content {
      hosts        = [host_rule.value.hostname]
      path_matcher = host_rule.key
    }
  }

  dynamic "path_matcher" {
    for_each = var.sites
    iterator = site
    content {
      name            = site.key
      default_service = site.value.portal

      dynamic "path_rule" {
        for_each = site.value.services
        content {
          paths   = ["/v1/${path_rule.key}", "/v1/${path_rule.key}/*"]
          service = google_compute_backend_service.this["${site.key}/${path_rule.key}"].id
        }
      }

      path_rule {
        paths   = ["/media/*"]
        service = site.value.media
        route_action {
          url_rewrite {
            path_prefix_rewrite = "/"
          }
        }
      }

      # What a page of an earlier build names and is gone is not found: no page in its place.
      path_rule {
        paths   = ["/assets/*", "/config.json"]
        service = site.value.portal
      }

      # The portal's own addresses are no files: each leads to its start page.
      path_rule {
        paths   = ["/*"]
        service = site.value.portal
        custom_error_response_policy {
          error_service = site.value.portal
          error_response_rule {
            match_response_codes   = ["404"]
            path                   = "/index.html"
            override_response_code = 200
          }
        }
      }
    }
  }
}

resource "google_compute_managed_ssl_certificate" "this" {
  project = var.project.id
  name    = "sellin-${substr(sha256(join(",", local.hostnames)), 0, 8)}"

  managed {
    domains = local.hostnames
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "google_compute_ssl_policy" "this" {
  project         = var.project.id
  name            = "sellin"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_target_https_proxy" "this" {
  project          = var.project.id
  name             = "sellin"
  url_map          = google_compute_url_map.this.id
  ssl_certificates = [google_compute_managed_ssl_certificate.this.id]
  ssl_policy       = google_compute_ssl_policy.this.id
}

resource "google_compute_global_forwarding_rule" "https" {
  for_each = local.addresses

  project               = var.project.id
  name                  = "sellin-https-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = each.value
  port_range            = "443"
  target                = google_compute_target_https_proxy.this.id
}

resource "google_compute_url_map" "redirect" {
  project = var.project.id
  name    = "sellin-redirect"

  default_url_redirect {
    https_redirect         = true
    redirect_response_code = "MOVED_PERMANENTLY_DEFAULT"
    strip_query            = false
  }
}

resource "google_compute_target_http_proxy" "redirect" {
  project = var.project.id
  name    = "sellin-redirect"
  url_map = google_compute_url_map.redirect.id
}

resource "google_compute_global_forwarding_rule" "http" {
  for_each = local.addresses

  project               = var.project.id
  name                  = "sellin-http-${each.key}"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  ip_address            = each.value
  port_range            = "80"
  target                = google_compute_target_http_proxy.redirect.id
}
