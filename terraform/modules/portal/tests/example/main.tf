module "portal" {
  source = "../.."

  project = { id = "sellin-dev", number = "123456789012" }
  region  = { key = "eu", location = "europe-west1" }
  name    = "portal"
  config  = { identity_key = "AIzaSyExample" }
  writers = { delivery = "serviceAccount:delivery@sellin-dev.iam.gserviceaccount.com" }
}
