# People are invited by the brand, never by themselves, and leave no account behind unasked.
resource "google_identity_platform_config" "this" {
  project            = var.project
  authorized_domains = var.hostnames

  sign_in {
    allow_duplicate_emails = false
    email {
      enabled           = true
      password_required = true
    }
    anonymous {
      enabled = false
    }
  }

  client {
    permissions {
      disabled_user_signup   = true
      disabled_user_deletion = true
    }
  }

  # A second factor is offered to everybody; whether a company demands it is its own rule.
  mfa {
    state = "ENABLED"
    provider_configs {
      state = "ENABLED"
      totp_provider_config {
        adjacent_intervals = 1
      }
    }
  }

  monitoring {
    request_logging {
      enabled = true
    }
  }
}

# What knows a brand's or a company's people already. It sends them back to /sign-in of the
# portal, which it must know as a redirect URI.
resource "google_identity_platform_oauth_idp_config" "this" {
  for_each = var.sign_in_with

  project      = google_identity_platform_config.this.project
  name         = each.key
  display_name = each.value.name
  enabled      = true
  issuer       = each.value.issuer
  client_id    = each.value.client_id
}
