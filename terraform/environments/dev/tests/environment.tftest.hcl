mock_provider "google" {}

run "plan" {
  command = plan

  assert {
    condition = alltrue([
      for functions in output.functions : toset(keys(functions)) == toset(keys(local.archives))
    ])
    error_message = "Each region runs every function that is packaged."
  }
  assert {
    condition = alltrue([
      for functions in output.functions : toset([for name, function in functions : name if function.public]) == toset([for name, function in jsondecode(file("../../../infra/functions.json")) : name if function.called_by == "portal"])
    ])
    error_message = "Only the portal's functions let everybody in."
  }
  assert {
    condition     = length(distinct(flatten([for functions in output.functions : [for function in functions : function.account]]))) == length(flatten([for functions in output.functions : keys(functions)]))
    error_message = "No two functions share an account."
  }
}
