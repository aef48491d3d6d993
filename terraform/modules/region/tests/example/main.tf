module "eu" {
  source = "../.."

  project   = { id = "sellin-dev", number = "123456789012" }
  region    = { key = "eu", location = "europe-west1" }
  hostname  = "eu.sellin.example"
  documents = { location = "eur3" }
  sap       = { ranges = ["10.200.1.0/28"], ports = ["3300"], cidr = "10.10.0.0/24", settings = file("${path.module}/../../../../source_systems/ecc_eu.json") }
  identity  = { project = "sellin-dev", roles = { read = "projects/sellin-dev/roles/read", sign_out = "projects/sellin-dev/roles/sign_out" } }
  sign_in   = { identity_key = "AIzaSyExample" }
  archives = {
    for function in keys(jsondecode(file("${path.module}/../../../../../infra/functions.json"))) :
    function => "build/archives/${function}-0123456789abcdef.zip"
  }
}
