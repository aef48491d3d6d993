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

variable "key_ring" {
  description = "Name of the key ring. Google keeps a ring for ever, so one that was made and forgotten needs another name."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z0-9_-]{1,63}$", var.key_ring))
    error_message = "key_ring must be 1 to 63 letters, digits, hyphens and underscores."
  }
}

variable "documents" {
  description = "Firestore location of the documents."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^(eur3|nam5|[a-z]+-[a-z]+[0-9]+)$", var.documents))
    error_message = "documents must be eur3, nam5 or a region."
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
