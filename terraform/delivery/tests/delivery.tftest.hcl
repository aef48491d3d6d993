mock_provider "google" {}

run "plan" {
  command = plan

  assert {
    condition     = output.releases == "sellin-dev-releases"
    error_message = "The pipelines find the archives there."
  }
}
