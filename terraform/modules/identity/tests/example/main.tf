module "identity" {
  source = "../.."

  project   = "sellin-dev"
  hostnames = ["eu.sellin.example", "na.sellin.example"]
}
