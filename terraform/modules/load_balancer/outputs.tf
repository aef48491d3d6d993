output "addresses" {
  description = "The addresses that the host names' A and AAAA records must name before the certificate is made."
  value       = local.addresses
}
