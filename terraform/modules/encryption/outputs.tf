output "key" {
  description = "Resource name of the key for what lies in the region's location, once Google's services may use it."
  value       = local.keys[var.region.location]
  depends_on  = [google_kms_crypto_key_iam_member.agent]
}

output "documents_key" {
  description = "Resource name of the key for the documents, whose location may be a multi-region, once Firestore may use it."
  value       = local.keys[local.documents]
  depends_on  = [google_kms_crypto_key_iam_member.agent]
}
