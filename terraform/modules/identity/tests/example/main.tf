module "identity" {
  source = "../.."

  project   = "sellin-dev"
  location  = "europe-west1"
  hostnames = ["eu.sellin.example", "na.sellin.example"]
}
