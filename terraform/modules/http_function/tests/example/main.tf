module "carts" {
  source = "../.."

  project          = { id = "sellin-dev", number = "123456789012" }
  region           = { key = "eu", location = "europe-west1" }
  name             = "carts"
  archive          = { bucket = "sellin-dev-eu-sources", object = "carts-0123456789abcdef.zip" }
  build            = { account = "builder@sellin-dev.iam.gserviceaccount.com", repository = "projects/sellin-dev/locations/europe-west1/repositories/functions" }
  database         = "sellin-eu"
  identity_project = "sellin-dev"
  scale            = { min = 1 }
}
