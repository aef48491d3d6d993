# What the provider has no arguments for. Cloud Scheduler tells it to Identity Platform each hour, so
# that what somebody changes by hand does not stay.
locals {
  settings = {
    sign-in-settings = {
      mask = "emailPrivacyConfig,passwordPolicyConfig"
      body = {
        # Nobody learns by trying which addresses have accounts.
        emailPrivacyConfig = { enableImprovedEmailPrivacy = true }
        passwordPolicyConfig = {
          passwordPolicyEnforcementState = "ENFORCE"
          # As infra/password_policy.py, which looks whether it holds.
          passwordPolicyVersions = [{ customStrengthOptions = { minPasswordLength = 15 } }]
        }
      }
    }
    # Apart, since Google refuses it in some projects (EMAIL_TEMPLATE_UPDATE_NOT_ALLOWED), and a call
    # that is refused sets nothing.
    sign-in-emails = {
      mask = "notification.sendEmail.callbackUri"
      body = {
        notification = { sendEmail = { callbackUri = "https://${var.hostnames[0]}/reset" } }
      }
    }
  }
}

resource "google_service_account" "settings" {
  project      = google_identity_platform_config.this.project
  account_id   = "sign-in-settings"
  display_name = "Cloud Scheduler, setting how people sign in"
}

# No predefined role lets it change settings without people's records.
resource "google_project_iam_custom_role" "settings" {
  project     = google_identity_platform_config.this.project
  role_id     = "sellin_sign_in_settings"
  title       = "Who sets how people sign in"
  permissions = ["firebaseauth.configs.get", "firebaseauth.configs.update"]
}

resource "google_project_iam_member" "settings" {
  project = google_identity_platform_config.this.project
  role    = google_project_iam_custom_role.settings.name
  member  = google_service_account.settings.member
}

resource "google_cloud_scheduler_job" "settings" {
  for_each = local.settings

  project          = google_identity_platform_config.this.project
  region           = var.location
  name             = each.key
  description      = "Sets what Terraform's provider has no arguments for"
  schedule         = "7 * * * *"
  time_zone        = "Etc/UTC"
  attempt_deadline = "60s"

  retry_config {
    retry_count = 3
  }

  http_target {
    http_method = "PATCH"
    uri         = "https://identitytoolkit.googleapis.com/admin/v2/projects/${google_identity_platform_config.this.project}/config?updateMask=${each.value.mask}"
    headers     = { "Content-Type" = "application/json" }
    body        = base64encode(jsonencode(each.value.body))
    oauth_token {
      service_account_email = google_service_account.settings.email
      scope                 = "https://www.googleapis.com/auth/cloud-platform"
    }
  }

  depends_on = [google_project_iam_member.settings]
}
