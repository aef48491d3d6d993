variable "location" {
  description = "Where builds run: the region of the repository connections."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]+$", var.location))
    error_message = "location must be a region."
  }
}

variable "stages" {
  description = "Environment to its project, its regions' keys, its connection to the repository (a Cloud Build repository's resource name) and where its portal is."
  type        = map(object({ project = string, regions = set(string), repository = string, url = string }))
  nullable    = false

  validation {
    condition     = contains(keys(var.stages), "dev")
    error_message = "There must be dev: every archive is made and first deployed there."
  }
  validation {
    condition = alltrue([
      for stage in var.stages : can(regex("^projects/${stage.project}/locations/.+/connections/.+/repositories/.+$", stage.repository)) && startswith(stage.url, "https://")
    ])
    error_message = "A repository is projects/<its project>/locations/…/connections/…/repositories/…, and a portal's address begins with https://."
  }
  validation {
    condition     = alltrue([for stage in var.stages : length(stage.regions) > 0 && length(setsubtract(stage.regions, keys(local.places))) == 0])
    error_message = "A region is one of infra/regions.json."
  }
}

variable "filters_file" {
  description = "Path of infra/pipelines/paths.json: function to the files that touch it."
  type        = string
  nullable    = false

  validation {
    condition     = fileexists(var.filters_file)
    error_message = "filters_file names no file."
  }
}

variable "encrypted" {
  description = "Whether a key of your own encrypts the archives, instead of Google's."
  type        = bool
  default     = false
  nullable    = false
}
