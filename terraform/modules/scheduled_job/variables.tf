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
  description = "The function that is called: its folder in functions/."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z_]{2,20}[a-z]$", var.name))
    error_message = "name must be 4 to 22 lower-case letters and underscores."
  }
}

variable "url" {
  description = "Root of the function, and the audience of the token."
  type        = string
  nullable    = false

  validation {
    condition     = startswith(var.url, "https://") && !endswith(var.url, "/")
    error_message = "url must be an https address without a slash at its end."
  }
}

variable "schedule" {
  description = "When, as cron says it, in UTC: \"* * * * *\" is every minute."
  type        = string
  nullable    = false

  validation {
    condition     = length(split(" ", var.schedule)) == 5
    error_message = "schedule must have five fields."
  }
}
