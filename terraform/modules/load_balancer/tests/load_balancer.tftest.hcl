mock_provider "google" {}

variables {
  project = { id = "sellin-dev", number = "123456789012" }
  sites = {
    eu = {
      hostname = "eu.sellin.example"
      location = "europe-west1"
      services = { carts = "eu-carts", orders = "eu-orders" }
      portal   = "projects/sellin-dev/global/backendBuckets/eu-portal"
      media    = "projects/sellin-dev/global/backendBuckets/eu-media"
    }
    na = {
      hostname = "na.sellin.example"
      location = "us-central1"
      services = { carts = "na-carts", orders = "na-orders" }
      portal   = "projects/sellin-dev/global/backendBuckets/na-portal"
      media    = "projects/sellin-dev/global/backendBuckets/na-media"
    }
  }
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "routes" {
  command = apply

  assert {
    condition     = { for rule in google_compute_url_map.this.host_rule : one(rule.hosts) => rule.path_matcher } == { "eu.sellin.example" = "eu", "na.sellin.example" = "na" }
    error_message = "The host decides the region."
  }
  assert {
    condition = alltrue([
      for matcher in google_compute_url_map.this.path_matcher : alltrue([
        for rule in matcher.path_rule : contains(rule.paths, "/v1/carts/*")
        ? rule.service == google_compute_backend_service.this["${matcher.name}/carts"].id
        : true
      ])
    ])
    error_message = "A region's carts are its own."
  }
  assert {
    condition     = alltrue([for key, group in google_compute_region_network_endpoint_group.this : group.region == (startswith(key, "eu/") ? "europe-west1" : "us-central1")])
    error_message = "A region's endpoints lie in it."
  }
  assert {
    condition     = alltrue([for backend in google_compute_backend_service.this : backend.security_policy == google_compute_security_policy.this.id])
    error_message = "Every function stands behind the security policy."
  }
  assert {
    condition = alltrue([
      for matcher in google_compute_url_map.this.path_matcher : alltrue([
        for rule in matcher.path_rule : length(rule.custom_error_response_policy) == (contains(rule.paths, "/*") ? 1 : 0)
      ])
    ])
    error_message = "Only the portal's own addresses lead to its start page; files that are gone are not found."
  }
  assert {
    condition     = google_compute_url_map.redirect.default_url_redirect[0].https_redirect && alltrue([for rule in google_compute_global_forwarding_rule.http : rule.target == google_compute_target_http_proxy.redirect.id])
    error_message = "HTTP leads to HTTPS."
  }
  assert {
    condition     = google_compute_managed_ssl_certificate.this.managed[0].domains == tolist(["eu.sellin.example", "na.sellin.example"])
    error_message = "Each host has its certificate."
  }
  assert {
    condition     = anytrue([for rule in google_compute_security_policy.this.rule : rule.action == "throttle" && try(rule.rate_limit_options[0].rate_limit_threshold[0].count, 0) == 3000])
    error_message = "Requests are limited."
  }
  assert {
    condition = alltrue([
      for rule in google_compute_security_policy.this.rule : rule.priority < 500 if rule.action == "deny(403)"
    ])
    error_message = "An attack is seen before the limit lets it in."
  }
}

run "one_host_for_two_regions" {
  command = plan
  variables {
    sites = {
      eu = { hostname = "sellin.example", location = "europe-west1", services = {}, portal = "p", media = "m" }
      na = { hostname = "sellin.example", location = "us-central1", services = {}, portal = "p", media = "m" }
    }
  }
  expect_failures = [var.sites]
}
