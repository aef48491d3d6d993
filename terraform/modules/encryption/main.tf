locals {
  # Where the keys of Firestore's multi-regions are
  # (https://cloud.google.com/firestore/native/docs/cmek).
  documents = lookup({ eur3 = "europe", nam5 = "us" }, var.documents, var.documents)
  locations = toset([var.region.location, local.documents])

  # Made of its parts, so that a plan shows what is encrypted by what.
  keys = {
    for location in local.locations : location =>
    "projects/${var.project.id}/locations/${location}/keyRings/${var.key_ring}/cryptoKeys/${local.key}"
  }
  key = "data"

  # Google's own accounts that encrypt and decrypt for the project.
  agents = {
    artifacts = { domain = "gcp-sa-artifactregistry", location = var.region.location }
    buckets   = { domain = "gs-project-accounts", location = var.region.location }
    builds    = { domain = "gcf-admin-robot", location = var.region.location }
    documents = { domain = "gcp-sa-firestore", location = local.documents }
    functions = { domain = "serverless-robot-prod", location = var.region.location }
    messages  = { domain = "gcp-sa-pubsub", location = var.region.location }
    secrets   = { domain = "gcp-sa-secretmanager", location = var.region.location }
    tasks     = { domain = "gcp-sa-cloudtasks", location = var.region.location }
  }
}

resource "google_kms_key_ring" "this" {
  for_each = local.locations

  project  = var.project.id
  location = each.key
  name     = var.key_ring
}

resource "google_kms_crypto_key" "this" {
  for_each = google_kms_key_ring.this

  key_ring        = each.value.id
  name            = local.key
  rotation_period = "7776000s" # 90 days; what is encrypted already stays with its version
  labels          = merge(var.labels, { region = var.region.key })

  # Without it the data is gone too.
  lifecycle {
    prevent_destroy = true
  }
}

resource "google_kms_crypto_key_iam_member" "agent" {
  for_each = local.agents

  crypto_key_id = google_kms_crypto_key.this[each.value.location].id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:service-${var.project.number}@${each.value.domain}.iam.gserviceaccount.com"
}
