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
