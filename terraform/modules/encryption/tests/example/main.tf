module "encryption" {
  source = "../.."

  project   = { id = "sellin-prod", number = "123456789012" }
  region    = { key = "eu", location = "europe-west1" }
  documents = "eur3"
  key_ring  = "sellin-eu"
}
