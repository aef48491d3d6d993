terraform {
  required_version = ">= 1.11"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = "~> 7.0"
    }
  }
  # The bucket is bootstrap's: terraform init -backend-config=bucket=<project>-terraform
  backend "gcs" {
    prefix = "sellin"
  }
}

provider "google" {
  project               = local.project.id
  billing_project       = local.project.id
  user_project_override = true
}

locals {
  project = { id = "sellin-staging", number = "100000000002" }

  # Made by `make package`.
  folder   = "${path.root}/../../../build/archives"
  archives = { for function, file in jsondecode(file("${local.folder}/archives.json")) : function => "${local.folder}/${file}" }

  # What the services offer, and what the portal is built against.
  offered = "${path.root}/../../../infra/openapi"
  needed  = "${path.root}/../../../web/contracts"
}

module "sellin" {
  source = "../../modules/system"

  project  = local.project
  archives = local.archives

  contracts    = { for file in fileset(local.offered, "*.json") : trimsuffix(file, ".json") => jsondecode(file("${local.offered}/${file}")).info.version }
  portal_needs = { for file in fileset(local.needed, "*.json") : trimsuffix(file, ".json") => jsondecode(file("${local.needed}/${file}")).info.version }

  always_on = 0
  season    = false
  log_level = "INFO"
  notify    = { operators = "operators@sellin.example" }
  labels    = { environment = "staging" }

  regions = {
    eu = {
      location  = "europe-west1"
      hostname  = "eu.staging.sellin.example"
      documents = { location = "eur3" }
      sap       = { ranges = ["10.200.1.0/28"], ports = ["3300"], cidr = "10.10.1.0/24", settings = file("${path.module}/../../source_systems/ecc_eu.json") }
    }
    na = {
      location  = "us-central1"
      hostname  = "na.staging.sellin.example"
      documents = { location = "nam5" }
      sap       = { ranges = ["10.201.1.0/28"], ports = ["3300"], cidr = "10.11.1.0/24", settings = file("${path.module}/../../source_systems/s4_na.json") }
    }
  }
}

output "sellin" {
  description = "What an operator connects: addresses for DNS, and for each region SAP's topics, publisher, secret and NAT address, and the buckets for uploads."
  value       = { addresses = module.sellin.addresses, regions = module.sellin.regions }
}

output "functions" {
  description = "Region key and function to its account, whether everybody may call it, and the names of the variables it reads."
  value       = module.sellin.functions
}
