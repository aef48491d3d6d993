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

variable "archives" {
  description = "Function to path of its archive, as made by python -m infra.package; the file's name holds a hash of its content."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for function, path in var.archives : can(regex("^${function}-[0-9a-f]{16}\\.zip$", basename(path)))])
    error_message = "An archive is named <function>-<16 hexadecimal digits>.zip."
  }
}

variable "kms_key" {
  description = "Resource name of a key of your own for archives and images, in the same location; null for Google's."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key == null || can(regex("^projects/.+/locations/.+/keyRings/.+/cryptoKeys/.+$", var.kms_key))
    error_message = "kms_key must be a key's resource name."
  }
}

variable "labels" {
  description = "Labels of every resource that takes labels."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key, value in var.labels : can(regex("^[a-z][a-z0-9_-]{0,62}$", key)) && can(regex("^[a-z0-9_-]{0,63}$", value))])
    error_message = "Labels are lower-case letters, digits, hyphens and underscores."
  }
}
