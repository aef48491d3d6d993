mock_provider "google" {}

variables {
  project   = "sellin-dev"
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
