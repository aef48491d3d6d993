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

  # The portal has no way to enrol a second factor, to be asked for one, or to recover one.
  mfa {
    state = "DISABLED"
  }

  monitoring {
    request_logging {
      enabled = true
    }
  }
}

# What functions may do with people's records; predefined roles let them read everything of
# authentication, or change all of it.
resource "google_project_iam_custom_role" "people" {
  for_each = {
    read = {
      title       = "Reader of a person's record"
      permissions = ["firebaseauth.users.get"]
    }
    # Revoking is an update of the record: Identity Platform has no permission for less.
    sign_out = {
      title       = "Reader of a person's record who ends sessions and makes accounts"
      permissions = ["firebaseauth.users.create", "firebaseauth.users.get", "firebaseauth.users.update"]
    }
  }

  project     = google_identity_platform_config.this.project
  role_id     = "sellin_people_${each.key}"
  title       = each.value.title
  permissions = each.value.permissions
}

# Every browser sees the key: it is good for signing in at the portal, and for nothing else.
resource "google_apikeys_key" "portal" {
  project      = google_identity_platform_config.this.project
  name         = "sellin-portal"
  display_name = "Signing in at the portal"

  restrictions {
    api_targets {
      service = "identitytoolkit.googleapis.com"
    }
    api_targets {
      service = "securetoken.googleapis.com"
    }
    browser_key_restrictions {
      allowed_referrers = [for hostname in var.hostnames : "https://${hostname}/*"]
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
