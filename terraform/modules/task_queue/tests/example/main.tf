module "export_orders" {
  source = "../.."

  project   = { id = "sellin-dev", number = "123456789012" }
  region    = { key = "eu", location = "europe-west1" }
  name      = "export-orders"
  enqueuers = { orders = "eu-orders@sellin-dev.iam.gserviceaccount.com" }
}
