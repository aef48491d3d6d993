variable "project" {
  description = "The Google Cloud project: its id and its number (which stands in service URLs)."
  type        = object({ id = string, number = string })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project.id))
    error_message = "project.id must be a project's id, without a domain."
  }
  validation {
    condition     = can(regex("^[0-9]+$", var.project.number))
    error_message = "project.number must be the numeric project number."
  }
}

variable "region" {
  description = "The market region: its key (such as eu), which begins every name, and its Google Cloud location."
  type        = object({ key = string, location = string })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,3}$", var.region.key))
    error_message = "region.key must be two or three lower-case letters."
  }
}

variable "location" {
  description = "Where the documents are: a multi-region (eur3, nam5) or a region. It can't be changed."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(eur3|nam[57]|[a-z]+-[a-z]+[0-9]+)$", var.location))
    error_message = "location must be eur3, nam5, nam7 or a region."
  }
}

variable "indexes_file" {
  description = "Path of the composite indexes, index exemptions and TTL fields, in the form of firebase's firestore.indexes.json."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.indexes_file)
    error_message = "indexes_file names no file."
  }
}

variable "rules_file" {
  description = "Path of the security rules."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.rules_file)
    error_message = "rules_file names no file."
  }
}

variable "kms_key" {
  description = "Resource name of a key of your own for the documents; null for Google's. It can't be changed."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key == null || can(regex("^projects/.+/locations/.+/keyRings/.+/cryptoKeys/.+$", var.kms_key))
    error_message = "kms_key must be a key's resource name."
  }
}
