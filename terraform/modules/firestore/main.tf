locals {
  declared = jsondecode(file(var.indexes_file))
  name     = "sellin-${var.region.key}"

  indexes = {
    for index in local.declared.indexes : join("/", concat([index.collectionGroup, index.queryScope], [
      for field in index.fields : "${field.fieldPath}:${try(field.order, field.arrayConfig)}"
    ])) => index
  }
  fields = {
    for field in local.declared.fieldOverrides : "${field.collectionGroup}/${field.fieldPath}" => field
  }
}

resource "google_firestore_database" "this" {
  project     = var.project.id
  name        = local.name
  location_id = var.location
  type        = "FIRESTORE_NATIVE"
  # The code commits with preconditions and takes no locks (docs/decisions/0004-concurrency.md).
  # A pessimistic database would let readers in a transaction hold up those commits; here a
  # commit on what has changed meanwhile fails at once, and the caller reads again.
  concurrency_mode                  = "OPTIMISTIC"
  point_in_time_recovery_enablement = "POINT_IN_TIME_RECOVERY_ENABLED"
  delete_protection_state           = "DELETE_PROTECTION_ENABLED"

  dynamic "cmek_config" {
    for_each = var.kms_key[*]
    content {
      kms_key_name = cmek_config.value
    }
  }

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_firestore_backup_schedule" "daily" {
  project   = var.project.id
  database  = google_firestore_database.this.name
  retention = "1209600s" # two weeks

  daily_recurrence {}
}

resource "google_firestore_backup_schedule" "weekly" {
  project   = var.project.id
  database  = google_firestore_database.this.name
  retention = "8467200s" # fourteen weeks, the most there is

  weekly_recurrence {
    day = "SUNDAY"
  }
}

resource "google_firestore_index" "this" {
  for_each = local.indexes

  project     = var.project.id
  database    = google_firestore_database.this.name
  collection  = each.value.collectionGroup
  query_scope = each.value.queryScope

  dynamic "fields" {
    for_each = each.value.fields
    content {
      field_path   = fields.value.fieldPath
      order        = try(fields.value.order, null)
      array_config = try(fields.value.arrayConfig, null)
    }
  }
}

resource "google_firestore_field" "this" {
  for_each = local.fields

  project    = var.project.id
  database   = google_firestore_database.this.name
  collection = each.value.collectionGroup
  field      = each.value.fieldPath

  # An empty block is no index at all.
  index_config {
    dynamic "indexes" {
      for_each = each.value.indexes
      content {
        query_scope  = indexes.value.queryScope
        order        = try(indexes.value.order, null)
        array_config = try(indexes.value.arrayConfig, null)
      }
    }
  }

  dynamic "ttl_config" {
    for_each = try(each.value.ttl, false) ? [true] : []
    content {}
  }
}

resource "google_firebaserules_ruleset" "this" {
  project = var.project.id

  source {
    files {
      name    = "firestore.rules"
      content = file(var.rules_file)
    }
  }

  # A release can't be left without its rules.
  lifecycle {
    create_before_destroy = true
  }
}

resource "google_firebaserules_release" "this" {
  project      = var.project.id
  name         = "cloud.firestore/${google_firestore_database.this.name}"
  ruleset_name = google_firebaserules_ruleset.this.name
}
