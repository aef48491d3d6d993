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
  description = "The function's folder in functions/, for example export_order."
  type        = string
  nullable    = false

  validation {
    # A service account's id has at most 30 characters, and a caller's ends in -call.
    condition     = can(regex("^[a-z][a-z_]{2,20}[a-z]$", var.name))
    error_message = "name must be 4 to 22 lower-case letters and underscores."
  }
}

variable "topic" {
  description = "What SAP publishes to, without the region: for example sap-products."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z-]{2,40}[a-z]$", var.topic))
    error_message = "topic must be 4 to 42 lower-case letters and hyphens."
  }
}

variable "publishers" {
  description = "Name to e-mail of the service accounts that may publish to the topic."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for account in values(var.publishers) : can(regex("^[a-z0-9-]+@[a-z0-9.-]+$", account))])
    error_message = "A publisher is a service account's e-mail."
  }
}

variable "dead_letter_readers" {
  description = "Name to e-mail of the service accounts that may look at what could not be delivered, and take it away."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for account in values(var.dead_letter_readers) : can(regex("^[a-z0-9-]+@[a-z0-9.-]+$", account))])
    error_message = "A reader is a service account's e-mail."
  }
}

variable "archive" {
  description = "The packaged source: bucket and object. The object's name changes exactly when the source does."
  type        = object({ bucket = string, object = string })
  nullable    = false

  validation {
    condition     = endswith(var.archive.object, ".zip")
    error_message = "archive.object must be a zip file."
  }
}

variable "build" {
  description = "Who builds and where images go: e-mail of the builder's service account, id of the Artifact Registry repository."
  type        = object({ account = string, repository = string })
  nullable    = false

  validation {
    condition     = length(regexall("@", var.build.account)) == 1 && !endswith(var.build.account, "-compute@developer.gserviceaccount.com")
    error_message = "build.account must be a service account's e-mail, and not the project's default one."
  }
}

variable "database" {
  description = "Name of the region's Firestore database; the function reaches no other."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{2,61}[a-z0-9]$", var.database))
    error_message = "database must be a database's name; (default) belongs to no region."
  }
}

variable "environment" {
  description = "Variables that the function's settings name beyond those of every function of its kind."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.environment) : can(regex("^[A-Z][A-Z_]*$", name))])
    error_message = "Variables have names in capitals."
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

variable "scale" {
  description = "Instances (least, most), requests at a time in one instance, CPUs and memory of an instance, seconds for one request."
  type = object({
    min         = optional(number, 0)
    max         = optional(number, 20)
    concurrency = optional(number, 8)
    cpu         = optional(string, "1")
    memory      = optional(string, "512Mi")
    timeout     = optional(number, 60)
  })
  default  = {}
  nullable = false

  validation {
    condition     = var.scale.min >= 0 && var.scale.min <= var.scale.max && var.scale.max >= 1
    error_message = "scale.min must lie between 0 and scale.max."
  }
  validation {
    condition     = var.scale.timeout >= 1 && var.scale.timeout <= 3600
    error_message = "scale.timeout must be 1 to 3600 seconds."
  }
}

variable "kms_key" {
  description = "Resource name of a key of your own for messages, and for what runs the function, in the same location; null for Google's."
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
