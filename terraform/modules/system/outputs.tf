output "addresses" {
  description = "The addresses that the host names' A and AAAA records must name."
  value       = module.load_balancer.addresses
}

output "regions" {
  description = "Region key to what an operator connects: SAP's topics, publisher, secret and NAT address, and the buckets for uploads."
  value = {
    for key, region in module.region : key => {
      database    = region.database
      topics      = region.topics
      publisher   = region.publisher
      sap_secret  = region.sap_secret
      nat_address = region.nat_address
      uploads     = region.uploads
    }
  }
}

output "functions" {
  description = "Region key and function to its account, whether everybody may call it, and the names of the variables it reads."
  value       = { for key, region in module.region : key => region.functions }
}

output "contracts" {
  description = "Service to the version of the contract that it offers, all of which the portal's needs fit."
  value       = var.contracts

  precondition {
    condition     = length(local.misfits) == 0
    error_message = "The portal does not fit its services: ${join(", ", local.misfits)}."
  }
}
