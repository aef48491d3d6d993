# Applied once, after the repository was connected in each project (Cloud Build, repositories).
terraform {
  required_version = ">= 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
  }
  backend "gcs" {
    prefix = "delivery"
  }
}

module "delivery" {
  source = "../modules/delivery"

  location     = "europe-west1"
  filters_file = "${path.root}/../../infra/pipelines/paths.json"
  stages = {
    for environment, site in {
      dev     = { url = "https://eu.dev.sellin.example", regions = ["eu"] }
      staging = { url = "https://eu.staging.sellin.example", regions = ["eu", "na"] }
      prod    = { url = "https://eu.sellin.example", regions = ["eu", "na"] }
      } : environment => {
      project    = "sellin-${environment}"
      regions    = site.regions
      repository = "projects/sellin-${environment}/locations/europe-west1/connections/github/repositories/sellin"
      url        = site.url
    }
  }
}

output "releases" {
  description = "Name of the bucket that holds the archives and what each environment runs."
  value       = module.delivery.releases
}
