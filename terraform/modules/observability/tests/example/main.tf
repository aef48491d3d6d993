module "observability" {
  source = "../.."

  project      = { id = "sellin-dev", number = "123456789012" }
  own_accounts = ["eu-accounts@sellin-dev.iam.gserviceaccount.com"]
  notify       = { operators = "operators@sellin.example" }
  budget       = { billing_account = "012345-678901-234567", currency = "EUR", amount = 500 }
  regions = {
    eu = {
      hostname      = "eu.sellin.example"
      location      = "europe-west1"
      services      = { orders = "eu-orders" }
      subscriptions = { sap-prices = "eu-sync-prices" }
      dead_letters  = { sap-prices = "eu-sap-prices-dead" }
      queue         = "eu-export-orders"
      exporter      = "eu-export-order"
    }
  }
}
