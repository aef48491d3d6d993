variable "project" {
  description = "Id of the project whose Identity Platform signs people in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be a project's id."
  }
}

variable "location" {
  description = "Where the job runs that tells Identity Platform its settings."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.location))
    error_message = "location must be a region of Google Cloud, such as europe-west1."
  }
}

variable "hostnames" {
  description = "Where the portal is: the hosts that may start a sign-in."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.hostnames) > 0 && !contains(var.hostnames, "localhost")
    error_message = "There must be a host, and localhost is none that people use."
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
