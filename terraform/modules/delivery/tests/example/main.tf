module "delivery" {
  source = "../.."

  location     = "europe-west1"
  filters_file = "../../../infra/pipelines/paths.json"
  stages = {
    dev = {
      project    = "sellin-dev"
      regions    = ["eu"]
      repository = "projects/sellin-dev/locations/europe-west1/connections/github/repositories/sellin"
      url        = "https://eu.dev.sellin.example"
    }
  }
}
