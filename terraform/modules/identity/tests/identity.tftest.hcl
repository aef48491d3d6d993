mock_provider "google" {}

variables {
  project   = "sellin-dev"
  location  = "europe-west1"
  hostnames = ["eu.sellin.example"]
}

run "example" {
  command = plan
  module {
    source = "./tests/example"
  }
}

run "closed" {
  command = plan

  assert {
    condition     = google_identity_platform_config.this.client[0].permissions[0].disabled_user_signup
    error_message = "Nobody makes an account of their own."
  }
  assert {
    condition     = !google_identity_platform_config.this.sign_in[0].anonymous[0].enabled && google_identity_platform_config.this.sign_in[0].email[0].password_required
    error_message = "Everybody has a name and a password."
  }
  assert {
    condition     = google_identity_platform_config.this.authorized_domains == tolist(["eu.sellin.example"])
    error_message = "Sign-ins start at the portal only."
  }
}

run "by_a_company_s_own_sign_in" {
  command = plan
  variables {
    sign_in_with = { "oidc.brand" = { name = "Brand", issuer = "https://sso.brand.example", client_id = "sellin" } }
  }

  assert {
    condition     = google_identity_platform_oauth_idp_config.this["oidc.brand"].enabled && google_identity_platform_oauth_idp_config.this["oidc.brand"].issuer == "https://sso.brand.example"
    error_message = "People may sign in with their own."
  }
}

run "sign_in_that_posts" {
  command = plan
  variables {
    sign_in_with = { "saml.brand" = { name = "Brand", issuer = "https://sso.brand.example", client_id = "sellin" } }
  }
  expect_failures = [var.sign_in_with]
}

run "local" {
  command = plan
  variables {
    hostnames = ["localhost"]
  }
  expect_failures = [var.hostnames]
}

run "no_second_factor" {
  command = plan

  assert {
    condition     = google_identity_platform_config.this.mfa[0].state == "DISABLED"
    error_message = "What the portal can't ask for is not offered."
  }
}

run "settings_that_the_provider_lacks" {
  command = plan

  assert {
    condition     = jsondecode(base64decode(google_cloud_scheduler_job.settings["sign-in-settings"].http_target[0].body)).passwordPolicyConfig.passwordPolicyEnforcementState == "ENFORCE"
    error_message = "Passwords are held to a policy where people sign in."
  }
  assert {
    condition     = jsondecode(base64decode(google_cloud_scheduler_job.settings["sign-in-settings"].http_target[0].body)).emailPrivacyConfig.enableImprovedEmailPrivacy
    error_message = "Nobody learns by trying who has an account."
  }
  assert {
    condition     = google_cloud_scheduler_job.settings["sign-in-settings"].http_target[0].uri == "https://identitytoolkit.googleapis.com/admin/v2/projects/sellin-dev/config?updateMask=emailPrivacyConfig,passwordPolicyConfig"
    error_message = "What is not named is left as it is."
  }
  assert {
    condition     = jsondecode(base64decode(google_cloud_scheduler_job.settings["sign-in-emails"].http_target[0].body)).notification.sendEmail.callbackUri == "https://eu.sellin.example/reset"
    error_message = "Links in e-mails lead to the portal."
  }
  assert {
    condition     = google_cloud_scheduler_job.settings["sign-in-emails"].http_target[0].uri == "https://identitytoolkit.googleapis.com/admin/v2/projects/sellin-dev/config?updateMask=notification.sendEmail.callbackUri"
    error_message = "Templates are left as they are."
  }
  assert {
    condition     = google_project_iam_custom_role.settings.permissions == toset(["firebaseauth.configs.get", "firebaseauth.configs.update"])
    error_message = "Who sets it sees no people."
  }
}

run "nowhere" {
  command = plan
  variables {
    location = "Europe"
  }
  expect_failures = [var.location]
}

run "key_of_the_portal" {
  command = plan
  variables {
    hostnames = ["eu.sellin.example", "na.sellin.example"]
  }

  assert {
    condition     = google_apikeys_key.portal.restrictions[0].browser_key_restrictions[0].allowed_referrers == tolist(["https://eu.sellin.example/*", "https://na.sellin.example/*"])
    error_message = "The key is of use at the portal only."
  }
  assert {
    condition     = [for target in google_apikeys_key.portal.restrictions[0].api_targets : target.service] == ["identitytoolkit.googleapis.com", "securetoken.googleapis.com"]
    error_message = "The key is for signing in only."
  }
}

run "least_roles" {
  command = plan

  assert {
    condition     = google_project_iam_custom_role.people["read"].permissions == toset(["firebaseauth.users.get"])
    error_message = "Reading a person's record takes one permission."
  }
  assert {
    condition     = google_project_iam_custom_role.people["sign_out"].permissions == toset(["firebaseauth.users.create", "firebaseauth.users.get", "firebaseauth.users.update"])
    error_message = "Ending sessions takes one more."
  }
}
