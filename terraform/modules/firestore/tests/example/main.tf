module "firestore" {
  source = "../.."

  project      = { id = "sellin-dev", number = "123456789012" }
  region       = { key = "eu", location = "europe-west1" }
  location     = "eur3"
  indexes_file = "../../../infra/firestore.indexes.json"
  rules_file   = "../../../infra/firestore.rules"
}
