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
  description = "The queue's name without the region: for example export-orders."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z-]{2,20}[a-z]$", var.name))
    error_message = "name must be 4 to 22 lower-case letters and hyphens."
  }
}

variable "enqueuers" {
  description = "Function to e-mail of its service account: who may put tasks into the queue."
  type        = map(string)
  nullable    = false

  validation {
    condition     = length(var.enqueuers) > 0 && alltrue([for account in values(var.enqueuers) : can(regex("^[a-z0-9-]+@[a-z0-9.-]+$", account))])
    error_message = "Somebody must enqueue, and each is a service account's e-mail."
  }
}

variable "retry" {
  description = "How often a task is tried, -1 without an end, and the seconds between two tries: the least, doubled each time up to the most."
  type        = object({ attempts = optional(number, -1), least = optional(number, 1), most = optional(number, 60) })
  default     = {}
  nullable    = false

  validation {
    condition     = (var.retry.attempts == -1 || var.retry.attempts >= 1) && var.retry.least >= 0.1 && var.retry.least <= var.retry.most && var.retry.most <= 3600
    error_message = "retry.attempts is -1 or at least 1; retry.least is at most retry.most, that at most 3600."
  }
}

variable "rate" {
  description = "Tasks that are begun in a second, and that run at one time."
  type        = object({ per_second = optional(number, 50), concurrent = optional(number, 10) })
  default     = {}
  nullable    = false

  validation {
    condition     = var.rate.per_second > 0 && var.rate.per_second <= 500 && var.rate.concurrent >= 1
    error_message = "rate.per_second must be at most 500, both must be positive."
  }
}
