module "sync_prices" {
  source = "../.."

  project    = { id = "sellin-dev", number = "123456789012" }
  region     = { key = "eu", location = "europe-west1" }
  name       = "sync_prices"
  topic      = "sap-prices"
  publishers = { sap = "sap-publisher@sellin-dev.iam.gserviceaccount.com" }
  archive    = { bucket = "sellin-dev-eu-sources", object = "sync_prices-0123456789abcdef.zip" }
  build      = { account = "builder@sellin-dev.iam.gserviceaccount.com", repository = "projects/sellin-dev/locations/europe-west1/repositories/functions" }
  database   = "sellin-eu"
}
