module "load_balancer" {
  source = "../.."

  project = { id = "sellin-dev", number = "123456789012" }
  sites = {
    eu = {
      hostname = "eu.sellin.example"
      location = "europe-west1"
      services = { carts = "eu-carts", orders = "eu-orders" }
      portal   = "projects/sellin-dev/global/backendBuckets/eu-portal"
      media    = "projects/sellin-dev/global/backendBuckets/eu-media"
    }
  }
}
