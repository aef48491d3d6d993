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

variable "name" {
  description = "What the files are: portal (the built web/) or media (pictures of styles)."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["portal", "media"], var.name)
    error_message = "name must be portal or media."
  }
}

variable "writers" {
  description = "Name to IAM member of who may upload files."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for member in values(var.writers) : can(regex("^(serviceAccount|group|user):.+@.+$", member))])
    error_message = "A writer is a service account, group or user; never everybody."
  }
}

variable "config" {
  description = "What the portal learns where it runs: the API key of Identity Platform, the identity providers (oidc.*) that people may choose, id to name, and after how many minutes without input they sign in again; null for no portal."
  type        = object({ identity_key = string, providers = optional(map(string), {}), idle_minutes = optional(number, 480) })
  default     = null

  validation {
    condition     = var.config == null || try(alltrue([for id, name in var.config.providers : can(regex("^oidc\\.[a-z0-9.-]+$", id)) && name != ""]), false)
    error_message = "A provider is one of Identity Platform's for OpenID Connect, oidc.*, and has a name."
  }
  validation {
    # The portal looks no sooner (web/src/features/session/api/idle.ts).
    condition     = var.config == null || try(var.config.idle_minutes >= 5 && var.config.idle_minutes <= 1440, false)
    error_message = "idle_minutes is from 5 minutes to a day."
  }
}

variable "kms_key" {
  description = "Resource name of a key of your own for files, in the same location; null for Google's."
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
