variable "project" {
  description = "Id of the project whose Identity Platform signs people in."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project))
    error_message = "project must be a project's id."
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
