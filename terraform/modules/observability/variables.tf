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
  description = "Region key to what is watched in it: host name, location, services by route, subscriptions by topic, dead-letter subscriptions by topic, queue, and the function that empties it."
  type = map(object({
    hostname      = string
    location      = string
    services      = map(string)
    subscriptions = map(string)
    dead_letters  = map(string)
    queue         = string
    exporter      = string
  }))
  nullable = false

  validation {
    condition     = length(var.regions) > 0 && alltrue([for region in var.regions : length(region.services) > 0 && keys(region.subscriptions) == keys(region.dead_letters)])
    error_message = "Each region has services, and a dead letter for each subscription."
  }
}

variable "own_accounts" {
  description = "E-mails of the functions' accounts that change people's accounts."
  type        = list(string)
  nullable    = false

  validation {
    condition     = length(var.own_accounts) > 0 && alltrue([for account in var.own_accounts : can(regex("^[^@\"]+@[^@\"]+$", account))])
    error_message = "Functions sign people out, by an account with an e-mail."
  }
}

variable "notify" {
  description = "Name to e-mail address of who is told."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.notify) > 0 && alltrue([for address in values(var.notify) : can(regex("^[^@]+@[^@]+$", address))])
    error_message = "Somebody must be told, by e-mail."
  }
}

variable "objectives" {
  description = "What is promised: the share of requests that don't fail, the share answered within latency_ms, after how many seconds a message or order of SAP's is late, the share of time in which messages and of attempts in which orders are not, and the share of messages that are delivered and understood."
  type = object({
    availability = optional(number, 0.999)
    fast_enough  = optional(number, 0.95)
    latency_ms   = optional(number, 1000)
    lag_seconds  = optional(number, 600)
    on_time      = optional(number, 0.99)
    taken        = optional(number, 0.999)
  })
  default  = {}
  nullable = false

  validation {
    condition     = alltrue([for name in ["availability", "fast_enough", "on_time", "taken"] : var.objectives[name] > 0 && var.objectives[name] < 1])
    error_message = "availability, fast_enough, on_time and taken are shares between 0 and 1."
  }
}

variable "audit_logs" {
  description = "Where audit logs are kept (global or a region) and the key of your own that encrypts them there; null for Google's. Neither can be changed."
  type        = object({ location = optional(string, "global"), kms_key = optional(string) })
  default     = {}
  nullable    = false

  validation {
    condition     = var.audit_logs.kms_key == null || can(regex("/locations/${var.audit_logs.location}/keyRings/.+/cryptoKeys/.+$", var.audit_logs.kms_key))
    error_message = "audit_logs.kms_key must be a key's resource name, in audit_logs.location."
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
