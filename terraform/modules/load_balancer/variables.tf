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

variable "sites" {
  description = "Region key to its host name, its location, its Cloud Run services by route (orders answers at /v1/orders) and the backend buckets of its portal and pictures."
  type = map(object({
    hostname = string
    location = string
    services = map(string)
    portal   = string
    media    = string
  }))
  nullable = false

  validation {
    condition     = length(var.sites) > 0 && length(distinct([for site in var.sites : site.hostname])) == length(var.sites)
    error_message = "There must be a site, and each needs a host name of its own: the host decides the region."
  }
  validation {
    condition     = alltrue([for site in var.sites : can(regex("^([a-z0-9-]+\\.)+[a-z]{2,}$", site.hostname))])
    error_message = "hostname must be a lower-case DNS name."
  }
}

variable "requests_per_minute" {
  description = "How many requests one address may make in a minute before it is told 429. Many people of a company may share an address."
  type        = number
  default     = 3000
  nullable    = false

  validation {
    condition     = var.requests_per_minute >= 60 && var.requests_per_minute <= 100000
    error_message = "requests_per_minute must be 60 to 100000."
  }
}
