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

variable "regions" {
  description = "Region key, of infra/regions.json, to its location, host name, documents and SAP, and the name of a key ring where keys of your own encrypt."
  type = map(object({
    location  = string
    hostname  = string
    documents = object({ location = string })
    sap       = object({ ranges = list(string), ports = list(string), cidr = string, settings = string, files = optional(set(string), []) })
    key_ring  = optional(string)
  }))
  nullable = false

  validation {
    condition     = length(var.regions) > 0 && length(setsubtract(keys(var.regions), keys(local.places))) == 0
    error_message = "A region is one of infra/regions.json: ${join(", ", keys(local.places))}."
  }
  validation {
    condition = alltrue([
      for key, region in var.regions : anytrue([
        for place in try(local.places[key].functions, []) : startswith(region.location, place)
      ])
    ])
    error_message = "A region's functions run where infra/regions.json says: ${jsonencode({ for key, place in local.places : key => place.functions })}."
  }
  validation {
    condition = alltrue([
      for key, region in var.regions : anytrue([
        for place in try(local.places[key].documents, []) : startswith(region.documents.location, place)
      ])
    ])
    error_message = "A region's documents stay where infra/regions.json says: ${jsonencode({ for key, place in local.places : key => place.documents })}."
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

variable "notify" {
  description = "Name to e-mail address of who is told when something is wrong."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.notify) > 0
    error_message = "Somebody must be told."
  }
}

variable "budget" {
  description = "Billing account and the month's amount, in whole units of its currency, at which people are told; null for no budget."
  type        = object({ billing_account = string, currency = string, amount = number })
  default     = null

  validation {
    condition     = var.budget == null || try(var.budget.amount > 0 && can(regex("^[A-Z]{3}$", var.budget.currency)) && can(regex("^[0-9A-F]{6}-[0-9A-F]{6}-[0-9A-F]{6}$", var.budget.billing_account)), false)
    error_message = "budget takes a billing account (XXXXXX-XXXXXX-XXXXXX), an ISO 4217 currency and a positive amount."
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

variable "contracts" {
  description = "Service to the version of the contract that it offers."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for version in values(var.contracts) : can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", version))])
    error_message = "A version is major.minor.patch."
  }
}

variable "portal_needs" {
  description = "Service to the version of its contract that the portal is built against; that or a later one of its major is needed."
  type        = map(string)
  nullable    = false

  validation {
    condition     = alltrue([for version in values(var.portal_needs) : can(regex("^[0-9]+\\.[0-9]+\\.[0-9]+$", version))])
    error_message = "A version is major.minor.patch."
  }
}

variable "sign_in_with" {
  description = "Identity provider (OpenID Connect; its id begins with oidc.) to its name, as people read it, its issuer and the portal's client id there."
  type        = map(object({ name = string, issuer = string, client_id = string }))
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for id, provider in var.sign_in_with : can(regex("^oidc\\.[a-z0-9.-]+$", id)) && provider.name != "" && startswith(provider.issuer, "https://")])
    error_message = "A provider is oidc.*, has a name, and its issuer begins with https://."
  }
}
