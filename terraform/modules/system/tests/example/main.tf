module "sellin" {
  source = "../.."

  project = { id = "sellin-dev", number = "123456789012" }
  notify  = { operators = "operators@sellin.example" }
  regions = {
    eu = {
      location  = "europe-west1"
      hostname  = "eu.sellin.example"
      documents = { location = "eur3" }
      sap       = { ranges = ["10.200.1.0/28"], ports = ["3300"], cidr = "10.10.0.0/24", settings = file("${path.module}/../../../../source_systems/ecc_eu.json") }
    }
  }
  archives = {
    for function in keys(jsondecode(file("${path.module}/../../../../../infra/functions.json"))) :
    function => "build/archives/${function}-0123456789abcdef.zip"
  }
  contracts    = { carts = "1.4.0" }
  portal_needs = { carts = "1.2.0" }
}
