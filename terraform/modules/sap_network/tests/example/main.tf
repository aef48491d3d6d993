module "sap_network" {
  source = "../.."

  project = { id = "sellin-dev", number = "123456789012" }
  region  = { key = "eu", location = "europe-west1" }
  cidr    = "10.10.0.0/24"
  sap     = { ranges = ["10.200.1.0/28"], ports = ["3300"] }
}
