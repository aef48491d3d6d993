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

variable "cidr" {
  description = "Addresses of the subnetwork from which the functions call SAP; each instance takes two, and a /26 is the least."
  type        = string
  nullable    = false

  validation {
    condition     = can(cidrnetmask(var.cidr)) && try(tonumber(split("/", var.cidr)[1]) <= 26, false)
    error_message = "cidr must be an IPv4 range of at least a /26."
  }
}

variable "sap" {
  description = "Where SAP's RFC gateway is: its address ranges and ports (33NN, or 48NN with SNC, for system number NN)."
  type        = object({ ranges = list(string), ports = list(string) })
  nullable    = false

  validation {
    condition     = length(var.sap.ranges) > 0 && length(var.sap.ports) > 0 && !contains(var.sap.ranges, "0.0.0.0/0")
    error_message = "sap must name ranges and ports, and not the whole Internet."
  }
}
