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

variable "database_access" {
  description = "What the function may do with documents: read or write."
  type        = string
  default     = "write"
  nullable    = false

  validation {
    condition     = contains(["read", "write"], var.database_access)
    error_message = "database_access must be read or write."
  }
}

variable "identity_project" {
  description = "Project whose Identity Platform signs people in, for a function that the portal calls through the load balancer; null for all others."
  type        = string
  default     = null

  validation {
    condition     = var.identity_project == null || can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.identity_project))
    error_message = "identity_project must be a project's id."
  }
}

variable "identity_role" {
  description = "Role in identity_project that lets the function read, or more, people's records; null where it never does."
  type        = string
  default     = null

  validation {
    condition     = var.identity_role == null || (var.identity_project != null && can(regex("^projects/[a-z0-9-]+/roles/[A-Za-z0-9_.]+$", var.identity_role)))
    error_message = "identity_role must be a role of a project that signs people in."
  }
}

variable "caller" {
  description = "E-mail of the one service account that may call; null for a function that the portal calls."
  type        = string
  default     = null

  validation {
    condition     = (var.caller == null) != (var.identity_project == null)
    error_message = "Either people call (identity_project) or one service account does (caller)."
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

variable "secrets" {
  description = "Variable to id of the secret whose latest version it holds."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.secrets) : can(regex("^[A-Z][A-Z_]*$", name))]) && length(setintersection(keys(var.secrets), keys(var.environment))) == 0
    error_message = "Variables have names in capitals; one is a secret or isn't."
  }
}

variable "secret_files" {
  description = "Path of a file to id of the secret whose latest version it has; each in a folder of its own."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for path in keys(var.secret_files) : can(regex("^/[a-z0-9/._-]+/[a-z0-9._-]+$", path)) && !strcontains(path, "..")])
    error_message = "A file's path is absolute, in lower case, and has a folder."
  }
  validation {
    # A volume of Cloud Run's is of one secret.
    condition     = length(distinct([for path in keys(var.secret_files) : dirname(path)])) == length(var.secret_files)
    error_message = "No two files of secrets are in one folder."
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

variable "network" {
  description = "Network and subnetwork through which the function calls out (Direct VPC egress), with its network tag; null where it calls Google's services and public ones only."
  type        = object({ network = string, subnetwork = string, tag = string })
  default     = null

  validation {
    condition     = var.network == null || try(length(var.network.tag) > 0, false)
    error_message = "network needs a tag, by which the firewall knows the function."
  }
}

variable "kms_key" {
  description = "Resource name of a key of your own for what runs the function, in the same location; null for Google's."
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
