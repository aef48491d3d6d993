module "reconcile" {
  source = "../.."

  project  = { id = "sellin-dev", number = "123456789012" }
  region   = { key = "eu", location = "europe-west1" }
  name     = "reconcile"
  url      = "https://eu-reconcile-123456789012.europe-west1.run.app"
  schedule = "* * * * *"
}
