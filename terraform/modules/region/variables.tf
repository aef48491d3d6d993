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

variable "hostname" {
  description = "Where the region's portal is."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", var.hostname))
    error_message = "hostname must be a lower-case DNS name."
  }
}

variable "documents" {
  description = "Where the region's documents are: a Firestore location, fixed for ever."
  type        = object({ location = string })
  nullable    = false

  validation {
    condition     = can(regex("^(eur3|nam[57]|[a-z]+-[a-z]+[0-9]+)$", var.documents.location))
    error_message = "documents.location must be eur3, nam5, nam7 or a region."
  }
}

variable "key_ring" {
  description = "Name of a key ring to make, whose keys encrypt what the region keeps; null for Google's keys. It can't be changed once there are documents."
  type        = string
  default     = null

  validation {
    condition     = var.key_ring == null || can(regex("^[A-Za-z0-9_-]{1,63}$", var.key_ring))
    error_message = "key_ring must be 1 to 63 letters, digits, hyphens and underscores."
  }
}

variable "sap" {
  description = "SAP's RFC gateway (address ranges and ports), the addresses of the subnetwork that calls it, the settings of the source system as JSON (docs/source-systems.md), and the names of files that the connection needs (certificate, key, PSE)."
  type        = object({ ranges = list(string), ports = list(string), cidr = string, settings = string, files = optional(set(string), []) })
  nullable    = false

  validation {
    condition     = length(var.sap.ranges) > 0 && length(var.sap.ports) > 0 && can(cidrnetmask(var.sap.cidr))
    error_message = "sap must name ranges, ports and an IPv4 range for the subnetwork."
  }
  validation {
    condition     = can(jsondecode(var.sap.settings).logical_system)
    error_message = "sap.settings must be a document of terraform/source_systems."
  }
  validation {
    condition     = alltrue([for name in var.sap.files : can(regex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?\\.(pem|key|pse)$", name))]) && length([for name in var.sap.files : name if endswith(name, ".pse")]) <= 1
    error_message = "sap.files are names in lower case that end in .pem, .key or .pse, of which there is one at most."
  }
}

variable "identity" {
  description = "Project whose Identity Platform signs people in, and the roles that let a function read, or sign_out, people there."
  type        = object({ project = string, roles = object({ read = string, sign_out = string }) })
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.identity.project))
    error_message = "identity.project must be a project's id."
  }
}

variable "sign_in" {
  description = "What the portal learns of signing in: the API key of Identity Platform, the identity providers that people may choose, id to name, and after how many minutes without input they sign in again."
  type        = object({ identity_key = string, providers = optional(map(string), {}), idle_minutes = optional(number, 480) })
  nullable    = false

  validation {
    condition     = var.sign_in.identity_key != ""
    error_message = "Nobody signs in without the key."
  }
}

variable "archives" {
  description = "Function to path of its archive, as build/archives/archives.json names them."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for function, path in var.archives : startswith(basename(path), "${function}-")])
    error_message = "An archive's name begins with its function's."
  }
}

variable "always_on" {
  description = "Instances of each function for the portal that are kept warm."
  type        = number
  default     = 0
  nullable    = false

  validation {
    condition     = var.always_on >= 0 && var.always_on <= 20 && floor(var.always_on) == var.always_on
    error_message = "always_on must be a whole number up to 20."
  }
}

variable "season" {
  description = "Whether an order season is on: orders keeps more instances warm."
  type        = bool
  default     = false
  nullable    = false
}

variable "writers" {
  description = "Name to IAM member of who uploads the portal's files and the pictures."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for member in values(var.writers) : can(regex("^(serviceAccount|group|user):.+@.+$", member))])
    error_message = "A writer is a service account, group or user; never everybody."
  }
}

variable "vat_check_days" {
  description = "Days after which VIES's last answer on a company's VAT id is too old for an order to be placed on."
  type        = number
  default     = 7
  nullable    = false

  validation {
    condition     = var.vat_check_days >= 0 && var.vat_check_days <= 366 && floor(var.vat_check_days) == var.vat_check_days
    error_message = "vat_check_days must be a whole number up to 366."
  }
}

variable "waiting_hours" {
  description = "Hours after which people are told of what SAP sent and waits for something that does not come, and as often again."
  type        = number
  default     = 24
  nullable    = false

  validation {
    condition     = var.waiting_hours >= 1 && var.waiting_hours <= 720 && floor(var.waiting_hours) == var.waiting_hours
    error_message = "waiting_hours must be a whole number of 1 to 720."
  }
}

variable "log_level" {
  description = "The least severity that is logged."
  type        = string
  default     = "INFO"
  nullable    = false

  validation {
    condition     = contains(["DEBUG", "INFO", "WARNING", "ERROR"], var.log_level)
    error_message = "log_level must be DEBUG, INFO, WARNING or ERROR."
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
